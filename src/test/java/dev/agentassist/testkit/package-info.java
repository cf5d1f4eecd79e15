/**
 * Real parts for tests, obtained once into {@code ~/.cache/agent-assist/parts} ({@link dev.agentassist.testkit.Parts}) and
 * run on loopback. Every part is {@code AutoCloseable}, logs to {@code target/testkit}, and dies with the JVM. Take
 * {@code LiveKitServerPart.shared()} where a test leaves the server running, and give each test rooms of its own. To run one class against what was packaged last:
 * {@code mvn -o -q test -Dtest=TokenIT}.
 *
 * <p>The program, as a process with an empty home:
 *
 * <pre>{@code
 * var program = new Program(tempDir).with(server);          // LIVEKIT_URL and keys in its environment
 * Program.Result r = program.run("token", "room:call-1");   // r.exit(), r.out(), r.err()
 * program.reading("{…}").run("inspect", "-");               // stdin
 * try (Running follow = program.start("…")) {               // long running
 *     follow.awaitOut("agent: Good morning");
 *     follow.signal("INT");
 *     assertEquals(130, follow.await().exit());
 * }
 * }</pre>
 *
 * <p>A call on a real LiveKit server, and who is told what:
 *
 * <pre>{@code
 * try (var server = LiveKitServerPart.start(); var people = Participants.of(server)) {
 *     Participant agent = people.join("call-1", Join.agent("agent-1"));
 *     Participant caller = people.join("call-1", Join.caller("+14155550132"));
 *     String track = agent.publish(SpeechPart.speak("Good morning", tempDir.resolve("a.wav")));
 *     agent.delta("SG_1", track, "Good ", "morning");         // one stream, chunks appended
 *     caller.replace("SG_2", "", "My bi", false);             // a stream for each state of the segment
 *     agent.legacy(caller.identity(), "TR_1", new Participant.Segment("SG_3", "My bill", 0, 900, true, "en"));
 *     Participant ear = people.joinWithToken(token);          // as a listener
 *     assertFalse(caller.wasToldOf(ear.identity()));          // “unseen”
 *     server.kill(); server.run();                            // same ports, same keys
 * }
 * }</pre>
 *
 * <p>{@code LiveKitOptions.defaults().withRedis(redis.port()).withTurn().tcpOnly().withMaxParticipants(2)} sets a server up
 * otherwise; {@code people.kill()} crashes all its participants, {@code freeze()} and {@code resume()} hang them.
 *
 * <p>Who hears whom, and telephones:
 *
 * <pre>{@code
 * try (var redis = RedisPart.start();
 *         var server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()));
 *         var sip = SipWorkerPart.start(server, redis);
 *         var people = Participants.of(server)) {
 *     String trunk = sip.trunk("lab", "+15550100");
 *     SipCall caller = sip.inbound("call-1", "+14155550132", Tones.CALLER);   // a telephone that has called in
 *     Participant agent = people.joinListening("call-1", Join.agent("agent-1"));
 *     agent.publishTone(Tones.AGENT);
 *     sip.phone("+15550111", Phone.answersAfter(500).pressing("1", 1000));    // busy(), declines(), neverAnswers()…
 *     double begin = Ear.now();
 *     // … CreateSIPParticipant through the server's API …
 *     SipCall human = sip.awaitCall("+15550111");                             // what was asked: human.request()
 *     human.awaitStatus("active"); human.press("2"); human.reconnect(true); human.rejoin(); human.hangUp();
 *     caller.ear().hearsOnly(Tones.HUMAN);                                    // waits; agent.ear(), human.ear() as well
 *     caller.ear().neverHeard(Tones.AGENT, begin);
 * }
 * try (var proxy = MoveProxy.before(server, sip)) { proxy.url(); proxy.moves(); }       // a server that can move participants
 * Tones.ogg(tempDir.resolve("music.ogg"), Tones.MUSIC, 30);                   // music that an ear knows
 * }</pre>
 *
 * <pre>{@code
 * try (var model = ModelServerPart.start()) { model.baseUrl(); ModelServerPart.MODEL; }
 * PostgresPart.database().url();                              // a fresh database, one server a JVM
 * try (var terminal = TerminalPart.start(80, 24, program, "brief", "--demo", "+14155550132")) {
 *     terminal.await("Why it needs a human"); terminal.press("C-c"); terminal.colored(); terminal.awaitExit();
 * }
 * Await.until("the file is there", () -> Files.exists(file)); // a condition, never a time
 * }</pre>
 */
package dev.agentassist.testkit;
