package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.json.Json;
import dev.agentassist.live.AudioPacket;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveListen;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.ServerToken;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A caller whose client resumes its session in mid-consult, asks for every track again and says so ({@code SyncState}): it
 * hears the music on, nobody else, and in the end the human. The ear is our own client, packet by packet, which takes what
 * the server sends after a resume; rtc-node often does not.
 */
class ResumedCallerIT {

    /** What the server had been asked to cut is silent by then: a tenth of a second, and as much again for a busy machine. */
    private static final long CUT_MILLIS = 1_000;

    @TempDir
    private Path scratch;

    private final List<AudioPacket> heard = new CopyOnWriteArrayList<>();

    @Test
    void aCallerWhoResumesWhileHeldIsKeptApartAndIsConnectedInTheEnd() throws Exception {
        try (var ground = new TransferGround();
                HeldCall call = ground.call(scratch);
                var proxy = TcpProxy.before(ground.server.port())) {
            call.caller.hangUp();
            try (var caller = LiveListen.builder("ws://127.0.0.1:" + proxy.port(), token(call.room)).build()) {
                caller.onEvent(this::happened);
                caller.setMuted(false);
                caller.connect().join();
                hears("agent", System.nanoTime());
                try (Running run = call.transfer(Phone.answersAfter(800), "--agent", "stay")) {
                    run.awaitErr(HeldCall.APART);
                    hears("-music", System.nanoTime());
                    int connections = proxy.taken();
                    long broke = System.nanoTime();
                    proxy.cut();
                    Await.until("the caller's client connects again", () -> proxy.taken() > connections);
                    long resumed = System.nanoTime();
                    hears("-music", resumed + CUT_MILLIS * 1_000_000);
                    long accepted = System.nanoTime();
                    for (String stranger : List.of("agent", "-human")) {
                        long got = heard.stream()
                                .filter(p -> p.participant().endsWith(stranger) && p.arrivalNanos() > broke && p.arrivalNanos() < accepted)
                                .count();
                        System.err.println("After a resume the caller was sent " + got * 20 + " ms of " + stranger);
                        assertEquals(0, between(stranger, resumed + CUT_MILLIS * 1_000_000, accepted), stranger + " is cut again");
                    }
                    call.leg().press("1");
                    assertEquals(0, run.await().exit());
                    long bridged = System.nanoTime();
                    hears("-human", bridged);
                    hears("agent", bridged);
                    assertEquals(0, between("-music", bridged, Long.MAX_VALUE), "the music has ended");
                    call.unmarked();
                }
            }
        }
    }

    private void happened(LiveEvent event) {
        if (event instanceof LiveEvent.Audio audio) {
            heard.add(audio.packet());
        }
    }

    private long between(String from, long begin, long end) {
        return heard.stream()
                .filter(p -> p.participant().endsWith(from) && p.arrivalNanos() >= begin && p.arrivalNanos() < end)
                .count();
    }

    /** Half a second of it, from then on. */
    private void hears(String whom, long from) {
        Await.until(() -> "the caller hears " + whom + "; " + heard.size() + " packets so far", Await.PATIENCE,
                () -> between(whom, from, Long.MAX_VALUE) >= 25);
    }

    /** A visitor's on the web, who may be seen. */
    private static String token(String room) {
        var claims = Json.MAPPER.createObjectNode().put("sub", "visitor").put("kind", "standard");
        claims.putObject("video").put("room", room).put("roomJoin", true).put("canPublish", true).put("canSubscribe", true).put("canPublishData", true);
        return new ServerToken(
                        LiveKitServer.of("ws://127.0.0.1:1", "test", LiveKitServerPart.KEY, LiveKitServerPart.SECRET), InstantSource.system())
                .sign(claims, Duration.ofHours(1));
    }
}
