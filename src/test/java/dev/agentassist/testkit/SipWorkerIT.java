package dev.agentassist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import livekit.LivekitModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code CreateSIPParticipant} through a real server's API reaches the test worker, which does what a telephone would. */
class SipWorkerIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RedisPart redis;
    private static LiveKitServerPart server;
    private static SipWorkerPart sip;
    private static String trunk;
    private static int count;

    private final String room = "sip-" + ++count;

    @BeforeAll
    static void start() {
        redis = RedisPart.start();
        server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()));
        sip = SipWorkerPart.start(server, redis);
        trunk = sip.trunk("tests", "+15550100");
    }

    @AfterAll
    static void stop() {
        sip.close();
        server.close();
        redis.close();
    }

    private static Twirp.Answer call(String room, String number, boolean wait, ObjectNode more) {
        return Twirp.of(server.httpUrl()).call(trunk, number, room, wait, more);
    }

    private Twirp.Answer call(String number, boolean wait) {
        return call(room, number, wait, JSON.createObjectNode());
    }

    private List<String> identities() {
        return server.participants(room).stream().map(LivekitModels.ParticipantInfo::getIdentity).toList();
    }

    @Test
    void whoAnswersAtOnceIsInTheRoomAndHeard() {
        sip.phone("+15550111", Phone.answers());
        try (var people = Participants.of(server)) {
            Participant agent = people.joinListening(room, Join.agent("agent"));
            agent.publishTone(Tones.AGENT);
            ObjectNode more = JSON.createObjectNode().put("participant_name", "Ann").put("display_name", "Support");
            more.putObject("participant_attributes").put("assist.transfer", "t-1");
            Twirp.Answer answer = call(room, "+15550111", true, more.put("ringing_timeout", "30s").put("max_call_duration", "3600s"));

            assertEquals(200, answer.status(), answer.toString());
            assertEquals("human", answer.body().path("participant_identity").asText());
            SipCall human = sip.awaitCall("+15550111");
            assertEquals(answer.body().path("sip_call_id").asText(), human.id());
            assertEquals(30_000, human.request().path("ringingTimeout").asInt());
            assertEquals(3_600_000, human.request().path("maxCallDuration").asInt());
            assertEquals("Support", human.request().path("displayName").asText());
            assertEquals("+15550100", human.request().path("from").asText());

            agent.ear().hearsOnly(Tones.HUMAN);
            human.ear().hearsOnly(Tones.AGENT);
            var info = server.participants(room).stream().filter(p -> p.getIdentity().equals("human")).findFirst().orElseThrow();
            assertEquals(LivekitModels.ParticipantInfo.Kind.SIP, info.getKind());
            assertEquals("Ann", info.getName());
            assertEquals("active", info.getAttributesMap().get("sip.callStatus"));
            assertEquals("+15550111", info.getAttributesMap().get("sip.phoneNumber"));
            assertEquals("t-1", info.getAttributesMap().get("assist.transfer"));
            assertEquals(List.of("ringing", "active"), human.statuses());

            human.hangUp();
            Await.until("the human has left", () -> identities().equals(List.of("agent")));
            agent.ear().hearsNothing();
        }
    }

    @Test
    void withoutWaitingTheAnswerComesBeforeThatOfThePhoneAndNothingIsHeardUntilThen() {
        sip.phone("+15550112", Phone.answersAfter(1500));
        try (var people = Participants.of(server)) {
            Participant agent = people.joinListening(room, Join.agent("agent"));
            agent.publishTone(Tones.AGENT);
            double begin = Ear.now();
            assertEquals(200, call("+15550112", false).status());
            SipCall human = sip.awaitCall("+15550112");
            human.awaitStatus("ringing");
            assertTrue(identities().contains("human"), "it has joined before it is answered");
            assertEquals(0, human.count("subscribing"), "and subscribed to nothing");
            human.awaitStatus("active");
            double active = human.statusAt("active");
            agent.ear().hearsOnly(Tones.HUMAN);
            human.ear().hearsOnly(Tones.AGENT);
            agent.ear().neverHeard(Tones.HUMAN, begin, active);
            human.ear().neverHeard(Tones.AGENT, begin, active);
        }
    }

    @Test
    void busyDeclinedAndUnknownNumbersAreToldWithTheirStatus() {
        sip.phone("+15550113", Phone.busy());
        sip.phone("+15550114", Phone.declines());
        sip.phone("+15550115", Phone.refuses(404, "Not Found"));
        Twirp.Answer busy = call("+15550113", true);
        assertEquals(429, busy.status(), busy.toString());
        assertEquals("486", busy.body().path("meta").path("sip_status_code").asText(), busy.toString());
        Twirp.Answer declined = call("+15550114", true);
        assertEquals(403, declined.status(), declined.toString());
        assertEquals("603", declined.body().path("meta").path("sip_status_code").asText(), declined.toString());
        Twirp.Answer unknown = call("+15550115", true);
        assertEquals(404, unknown.status(), unknown.toString());
        assertEquals("404", unknown.body().path("meta").path("sip_status_code").asText(), unknown.toString());
        for (String number : List.of("+15550113", "+15550114", "+15550115")) {
            sip.awaitCall(number).awaitEnd();
        }
        assertEquals(List.of(), identities(), "who did not answer has left");

        assertEquals(200, call("+15550113", false).status(), "without waiting it is not told");
        SipCall call = sip.awaitCall("+15550113", 1);
        call.awaitEnd();
        assertFalse(call.statuses().contains("active"));
    }

    @Test
    void whoDoesNotAnswerStopsRingingAtTheTimeout() {
        sip.phone("+15550116", Phone.neverAnswers());
        Twirp.Answer answer = call(room, "+15550116", true, JSON.createObjectNode().put("ringing_timeout", "1s"));
        assertTrue(answer.status() >= 400, answer.toString());
        assertEquals("canceled", answer.body().path("code").asText(), answer.toString());
        sip.awaitCall("+15550116").awaitEnd();
        assertEquals(List.of("ringing"), sip.awaitCall("+15550116").statuses());
    }

    @Test
    void whoIsTakenOutOfTheRoomWhileItRingsStopsRinging() {
        sip.phone("+15550117", Phone.neverAnswers());
        assertEquals(200, call("+15550117", false).status());
        SipCall human = sip.awaitCall("+15550117");
        human.awaitStatus("ringing");
        LiveKitServerPart.answer(server.rooms().removeParticipant(room, "human"));
        human.awaitEnd();
    }

    @Test
    void keysReachTheRoom() {
        sip.phone("+15550118", Phone.answers().pressing("1", 300));
        try (var people = Participants.of(server)) {
            Participant agent = people.join(room, Join.agent("agent"));
            SipCall caller = sip.inbound(room, "+14155550132", Tones.CALLER);
            assertEquals(200, call("+15550118", true).status());
            agent.await("the key 1", e -> e.name().equals("dtmf") && e.data().path("digit").asText().equals("1"));
            sip.awaitCall("+15550118").press("2");
            agent.await("the key 2", e -> e.name().equals("dtmf") && e.data().path("digit").asText().equals("2"));
            // Its cost: the caller's leg gets them, too.
            Await.until("the caller's leg got both keys", () -> caller.keysHeard().equals(List.of("1", "2")));
        }
    }

    @Test
    void aLegSubscribesToEachNewTrackAndToAllAgainAfterAFullReconnect() {
        sip.phone("+15550119", Phone.answers());
        try (var people = Participants.of(server)) {
            Participant agent = people.joinListening(room, Join.agent("agent"));
            SipCall caller = sip.inbound(room, "+14155550132", Tones.CALLER);
            assertEquals(200, call("+15550119", true).status());
            SipCall human = sip.awaitCall("+15550119");
            human.ear().hearsOnly(Tones.CALLER);
            caller.ear().hearsOnly(Tones.HUMAN);

            String voice = agent.publishTone(Tones.AGENT);
            human.ear().hearsOnly(Tones.CALLER, Tones.AGENT);
            // What the server cut is asked for again: this is what a transfer has to stand above.
            LiveKitServerPart.answer(server.rooms().updateSubscriptions(room, "human", List.of(voice), false));
            human.ear().hearsOnly(Tones.CALLER);
            human.reconnect(true);
            human.ear().hearsOnly(Tones.CALLER, Tones.AGENT);
            agent.ear().hearsOnly(Tones.CALLER, Tones.HUMAN);
            human.reconnect(false);
            human.ear().hearsOnly(Tones.CALLER, Tones.AGENT);
            human.rejoin();
            human.ear().hearsOnly(Tones.CALLER, Tones.AGENT);
            agent.ear().hearsOnly(Tones.CALLER, Tones.HUMAN);
        }
    }

    @Test
    void whoDropsInMidCallIsGone() {
        sip.phone("+15550120", Phone.answers());
        SipCall caller = sip.inbound(room, "+14155550132", Tones.CALLER);
        assertEquals(200, call("+15550120", true).status());
        caller.ear().hearsOnly(Tones.HUMAN);
        sip.awaitCall("+15550120").hangUp();
        caller.ear().hearsNothing();
        assertEquals(List.of("sip_+14155550132"), identities());
    }

    @Test
    void aServiceInTroubleAndAWrongTrunkAreErrors() {
        sip.phone("+15550121", Phone.outOfOrder("internal"));
        assertEquals(500, call("+15550121", true).status());
        assertEquals(500, call("+15550121", false).status(), "it fails before it has joined");
        String good = trunk;
        trunk = "ST_nope";
        try {
            assertEquals(404, call("+15550121", true).status());
        } finally {
            trunk = good;
        }
    }
}
