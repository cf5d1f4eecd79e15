package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SipCall;
import dev.agentassist.testkit.Tones;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;

/** A call to be transferred: a caller on the telephone and an agent, each with a tone and an ear, and the number of a human. */
final class HeldCall implements AutoCloseable {

    static final String ON_HOLD = "The caller is on hold";
    static final String RINGS = "It rings";
    static final String APART = "The human is on the line";
    private static final String MARK = "assist.transfer";

    final String room;
    final String human;
    final Participant agent;
    final SipCall caller;
    final double began = Ear.now();
    private final TransferGround ground;
    private final Program assist;
    private final Path music;
    private final Map<String, ParticipantPermission> before;

    HeldCall(TransferGround ground, int number, Path home) {
        this.ground = ground;
        this.room = "held-" + number;
        this.human = "+1415556" + (1000 + number % 9000);
        this.assist = new Program(home).with(ground.server);
        this.music = Tones.ogg(home.resolve("music.ogg"), Tones.MUSIC, 3);
        this.agent = ground.people.joinListening(room, Join.agent("agent"));
        agent.publishTone(Tones.AGENT);
        this.caller = ground.sip.inbound(room, "+14155550111", Tones.CALLER);
        caller.ear().hearsOnly(Tones.AGENT);
        agent.ear().hearsOnly(Tones.CALLER);
        this.before = permissions();
    }

    Running transfer(Phone phone, String... more) {
        ground.sip.phone(human, phone);
        var line = new ArrayList<>(List.of(
                "transfer", "room:" + room, "--to", human, "--trunk", ground.trunk, "--yes", "--hold-music", music.toString()));
        line.addAll(List.of(more));
        return assist.start(line.toArray(String[]::new));
    }

    Program assist() {
        return assist;
    }

    SipCall leg() {
        return ground.sip.awaitCall(human);
    }

    /** The permissions of those who are in the call. */
    Map<String, ParticipantPermission> permissions() {
        return ground.server.participants(room).stream()
                .filter(p -> !p.getIdentity().startsWith("transfer-"))
                .collect(Collectors.toMap(ParticipantInfo::getIdentity, ParticipantInfo::getPermission));
    }

    /** Agent and caller are as they were: they hear each other, every field of their permissions is back, nobody else is there. */
    void isRestored() {
        caller.ear().hearsOnly(Tones.AGENT);
        agent.ear().hearsOnly(Tones.CALLER);
        Await.until(() -> "nobody of the transfer is left: " + identities(), Await.PATIENCE,
                () -> identities().stream().noneMatch(i -> i.startsWith("transfer-")));
        unmarked();
        assertEquals(before, permissions());
    }

    /** Caller and human hear each other, and the marks are gone. */
    void isBridged(Integer... callerHears) {
        caller.ear().hearsOnly(callerHears);
        List<Integer> others = new ArrayList<>(List.of(callerHears));
        others.remove((Integer) Tones.HUMAN);
        others.add(Tones.CALLER);
        leg().ear().hearsOnly(others.toArray(Integer[]::new));
        unmarked();
        assertEquals(before.get(caller.identity()), permissions().get(caller.identity()));
    }

    /** Whoever ends the transfer has done so: it is their last act to send music and prompt out. */
    void isOver() {
        Await.until(() -> "the transfer is over: " + identities(), Await.PATIENCE,
                () -> identities().stream().noneMatch(i -> i.endsWith("-music") || i.endsWith("-prompt")));
        unmarked();
    }

    void unmarked() {
        Await.until(() -> "no mark is left: " + ground.server.participants(room), Await.PATIENCE,
                () -> ground.server.participants(room).stream().noneMatch(p -> p.containsAttributes(MARK)));
    }

    List<String> identities() {
        return ground.server.participants(room).stream().map(ParticipantInfo::getIdentity).toList();
    }

    /** While the human is briefed: the caller hears music and nothing else, the agent nothing, the human nobody of the call. */
    void isApart() {
        caller.ear().hearsOnly(Tones.MUSIC);
        agent.ear().hearsNothing();
        Await.until(() -> "the human hears the prompt, and nobody of the call: " + lately(leg()), Await.PATIENCE,
                () -> !lately(leg()).isEmpty() && lately(leg()).stream().allMatch(h -> h.from().endsWith("-prompt")));
    }

    private static List<Ear.Heard> lately(SipCall leg) {
        double now = Ear.now();
        return leg.ear().heard().stream().filter(h -> h.at() > now - 1000).toList();
    }

    /** What got through until then, in windows of 20 ms: whose sound reached whom who must not hear it. */
    Map<String, Long> leaked(double from, double to) {
        var all = new java.util.TreeMap<String, Long>();
        count(all, "human>caller", caller.ear(), Tones.HUMAN, from, to);
        count(all, "human>agent", agent.ear(), Tones.HUMAN, from, to);
        count(all, "music>agent", agent.ear(), Tones.MUSIC, from, to);
        for (SipCall leg : ground.sip.to(human)) {
            // By who spoke: a voice that says the prompt has all pitches.
            long heard = leg.ear().heard().stream()
                    .filter(h -> h.at() >= from && h.at() < to && !h.from().endsWith("-prompt"))
                    .count();
            if (heard > 0) {
                all.merge("call>human", heard, Long::sum);
            }
        }
        return all;
    }

    private static void count(Map<String, Long> all, String whom, Ear ear, int hertz, double from, double to) {
        long heard = ear.heard().stream()
                .filter(h -> h.at() >= from && h.at() < to && h.hertz() == hertz)
                // A click in another track is not it.
                .filter(h -> hertz != Tones.HUMAN || h.from().endsWith("-human"))
                .count();
        if (heard > 0) {
            all.put(whom, heard);
        }
    }

    void nothingLeaked(double to) {
        assertEquals(Map.of(), leaked(began, to));
    }

    void isGone(String identity) {
        assertFalse(identities().contains(identity), identity + " has left");
    }

    @Override
    public void close() {
        if (ground.server.roomNames().contains(room)) {
            ground.server.deleteRoom(room);
        }
    }
}
