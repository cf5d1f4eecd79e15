package dev.agentassist.live.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.CoturnPart;
import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import livekit.LivekitModels.DataPacket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every way to a real LiveKit server: what a speaker says arrives, whole and in order. */
class PeerIT {

    private static LiveKitServerPart server;
    private static CoturnPart coturn;

    @BeforeAll
    static void start() {
        server = LiveKitServerPart.start(LiveKitOptions.defaults().withTurn());
        coturn = CoturnPart.start("--stale-nonce=1", "--max-allocate-lifetime=4");
    }

    @AfterAll
    static void stop() {
        coturn.close();
        server.close();
    }

    @Test
    void udp() throws Exception {
        PeerStats stats = listen(o -> {}, c -> {});
        assertTrue(stats.selectedPair().startsWith("udp host"), stats.selectedPair());
    }

    @Test
    void udpWhereTheServerOffers() throws Exception {
        PeerStats stats = listen(o -> o.single = false, c -> {});
        assertTrue(stats.selectedPair().startsWith("udp host"), stats.selectedPair());
    }

    @Test
    void iceTcpWhereUdpIsBlocked() throws Exception {
        PeerStats stats = listen(
                o -> {
                    o.tellOurCandidates = false;
                    // A port where nobody answers: as behind a firewall.
                    o.theirCandidates = c -> c.replace(" " + server.udpPort() + " ", " 9 ");
                },
                c -> {});
        assertTrue(stats.selectedPair().startsWith("tcp host"), stats.selectedPair());
    }

    @Test
    void iceTcpWithoutUdpInBothModes() throws Exception {
        for (boolean single : new boolean[] {true, false}) {
            PeerStats stats = listen(
                    o -> {
                        o.single = single;
                        o.config = o.config.withUdp(false);
                    },
                    c -> {});
            assertTrue(stats.selectedPair().startsWith("tcp host"), stats.selectedPair());
        }
    }

    @Test
    void theServersOwnTurnOverUdp() throws Exception {
        PeerStats stats = listen(o -> o.config = o.config.withRelayOnly(true), c -> {});
        assertTrue(stats.relayed(), stats.selectedPair());
    }

    @Test
    void turnOverUdpWithRefreshesAndNewNonces() throws Exception {
        relayed(coturn.udpUrl(), true);
    }

    @Test
    void turnOverTcpWithRefreshesAndNewNonces() throws Exception {
        relayed(coturn.tcpUrl(), true);
    }

    @Test
    void turnOverTls() throws Exception {
        relayed(coturn.tlsUrl(), false);
    }

    @Test
    void turnOverTlsWhereTheServerOffers() throws Exception {
        PeerStats stats = listen(
                o -> {
                    o.single = false;
                    relay(o, coturn.tlsUrl(), CoturnPart.PASSWORD);
                },
                c -> {});
        assertTrue(stats.relayed(), stats.selectedPair());
    }

    @Test
    void turnWithAWrongPasswordIsSaid() throws Exception {
        String reason = failure(o -> relay(o, coturn.udpUrl(), "wrong"));
        assertTrue(reason.contains("refused the credentials"), reason);
        assertFalse(reason.contains("wrong"), reason);
    }

    @Test
    void turnOverTlsOfAnotherAuthorityIsRefused() throws Exception {
        String reason = failure(o -> {
            relay(o, coturn.tlsUrl(), CoturnPart.PASSWORD);
            o.config = o.config.withTls(null);
        });
        assertTrue(reason.contains("turns:localhost"), reason);
    }

    private static void relay(RtcClient.Options options, String url, String password) {
        options.servers = List.of(new IceServer(List.of(url), CoturnPart.USER, password));
        options.config = options.config.withRelayOnly(true).withTls(coturn.trust());
    }

    private void relayed(String url, boolean refreshed) throws Exception {
        String refresh = "refreshed, realm=<tests>, username=<" + CoturnPart.USER + ">, lifetime=600";
        long before = coturn.logged(refresh);
        long stale = coturn.logged("438");
        PeerStats stats = listen(o -> relay(o, url, CoturnPart.PASSWORD), c -> {
            if (refreshed) {
                Await.until(
                        "the allocation has been refreshed, with a new nonce",
                        () -> coturn.logged("438") > stale && coturn.logged(refresh) > before);
            }
        });
        assertTrue(stats.relayed(), stats.selectedPair());
    }

    private String failure(Consumer<RtcClient.Options> change) throws Exception {
        var options = new RtcClient.Options();
        change.accept(options);
        PeerConfig c = options.config;
        options.config = new PeerConfig(
                c.iceServers(), c.relayOnly(), c.udp(), c.loopback(), c.tls(), c.disconnectedAfter(),
                Duration.ofSeconds(3));
        try (var listener = RtcClient.join(server.url(), "failing", "listener", options)) {
            Await.until("it is given up", () -> listener.connection.state() == PeerState.FAILED);
            return listener.states.getLast();
        }
    }

    /** Joins a listener and a speaker; a hundred messages, {@code between}, and a hundred more. */
    private PeerStats listen(Consumer<RtcClient.Options> change, Consumer<RtcClient> between) throws Exception {
        String room = "room-" + System.nanoTime();
        var got = new CopyOnWriteArrayList<String>();
        var listening = new RtcClient.Options();
        listening.also = collect(got);
        change.accept(listening);
        var speaking = new RtcClient.Options();
        speaking.publisher = true;
        try (var listener = RtcClient.join(server.url(), room, "listener", listening);
                var speaker = RtcClient.join(server.url(), room, "speaker", speaking)) {
            listener.connected.get(60, TimeUnit.SECONDS);
            listener.reliable.get(60, TimeUnit.SECONDS);
            speaker.reliable.get(60, TimeUnit.SECONDS);
            say(speaker, 0);
            Await.until("the first hundred are there", () -> got.size() >= 100);
            between.accept(listener);
            say(speaker, 100);
            Await.until("all are there", () -> got.size() >= 200);
            for (int i = 0; i < 200; i++) {
                assertEquals("message " + i, got.get(i));
            }
            return listener.connection.stats();
        }
    }

    private static void say(RtcClient speaker, int first) {
        for (int i = first; i < first + 100; i++) {
            assertTrue(speaker.publish(("message " + i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    static PeerListener collect(List<String> into) {
        return new PeerListener() {
            @Override
            public void onMessage(DataChannel channel, byte[] message, boolean text) {
                try {
                    DataPacket packet = DataPacket.parseFrom(message);
                    if (packet.hasUser()) {
                        into.add(packet.getUser().getPayload().toStringUtf8());
                    }
                } catch (IOException e) {
                    into.add(e.toString());
                }
            }
        };
    }
}
