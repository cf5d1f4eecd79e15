package dev.agentassist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real server with the proxy before it: what a server that can move participants does is done. */
class MoveProxyIT {

    @Test
    void whoIsMovedIsHeardInTheOtherRoomAndNoMoreInTheirOwn() throws IOException {
        try (var redis = RedisPart.start();
                var server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()));
                var sip = SipWorkerPart.start(server, redis);
                var proxy = MoveProxy.before(server, sip);
                var people = Participants.of(proxy.url())) {
            RoomServiceClient rooms =
                    RoomServiceClient.createClient(proxy.httpUrl(), LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
            String trunk = sip.trunk("lab", "+15550100");
            SipCall caller = sip.inbound("call-1", "+14155550132", Tones.CALLER);
            Participant briefer = people.joinListening("call-1-human-agent", Join.agent("briefer"));
            briefer.publishTone(Tones.AGENT);
            sip.phone("+15550111", Phone.answers());
            var answer = Twirp.of(proxy.httpUrl()).call(trunk, "+15550111", "call-1-human-agent", true, new ObjectMapper().createObjectNode());
            assertEquals(200, answer.status(), answer.toString());
            SipCall human = sip.awaitCall("+15550111");
            human.ear().hearsOnly(Tones.AGENT);
            briefer.ear().hearsOnly(Tones.HUMAN);
            caller.ear().hearsNothing();

            proxy.failMoves(true);
            assertEquals(500, rooms.moveParticipant("call-1-human-agent", "human", "call-1").execute().code());
            proxy.failMoves(false);
            assertEquals(404, rooms.moveParticipant("call-1-human-agent", "nobody", "call-1").execute().code());
            assertEquals(List.of(), proxy.moves());

            LiveKitServerPart.answer(rooms.moveParticipant("call-1-human-agent", "human", "call-1"));
            caller.ear().hearsOnly(Tones.HUMAN);
            human.ear().hearsOnly(Tones.CALLER);
            briefer.ear().hearsNothing();
            assertEquals(List.of(new MoveProxy.Move("call-1-human-agent", "human", "call-1")), proxy.moves());
            var moved = server.participants("call-1").stream().filter(p -> p.getIdentity().equals("human")).findFirst().orElseThrow();
            assertEquals("active", moved.getAttributesMap().get("sip.callStatus"));
            assertTrue(server.participants("call-1-human-agent").stream().noneMatch(p -> p.getIdentity().equals("human")));

            // Who is no telephone is taken out of the room.
            LiveKitServerPart.answer(rooms.moveParticipant("call-1-human-agent", "briefer", "call-1"));
            briefer.await("disconnected", "");
            // Without the right secret nobody is moved; the real server's refusals are passed on.
            var without = RoomServiceClient.createClient(proxy.httpUrl(), LiveKitServerPart.KEY, "x".repeat(40));
            assertEquals(401, without.moveParticipant("call-1", "human", "call-2").execute().code());
            assertEquals(401, without.listRooms(List.of()).execute().code());
        }
    }
}
