package dev.agentassist.live.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.UdpProxy;
import dev.agentassist.testkit.UdpProxy.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad networks between the engine and a real LiveKit server. */
class NetworkIT {

    private static LiveKitServerPart server;

    @BeforeAll
    static void start() {
        server = LiveKitServerPart.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A listener behind a proxy and a speaker with a clean way. */
    private static final class Call implements AutoCloseable {
        final List<String> got = new CopyOnWriteArrayList<>();
        final RtcClient.Options options = new RtcClient.Options();
        final String room = "network-" + System.nanoTime();
        final RtcClient listener;
        final RtcClient speaker;
        volatile int proxyPort;
        private int said;

        Call(UdpProxy proxy, Duration disconnected, Duration failed) throws Exception {
            proxyPort = proxy.port();
            options.tellOurCandidates = false;
            options.theirCandidates = c ->
                    c.contains(" udp ") ? c.replace(" " + server.udpPort() + " ", " " + proxyPort + " ") : null;
            PeerConfig c = options.config;
            options.config = new PeerConfig(c.iceServers(), false, true, true, null, disconnected, failed);
            options.also = PeerIT.collect(got);
            var speaking = new RtcClient.Options();
            speaking.publisher = true;
            listener = RtcClient.join(server.url(), room, "listener", options);
            speaker = RtcClient.join(server.url(), room, "speaker", speaking);
            listener.connected.get(60, TimeUnit.SECONDS);
            listener.reliable.get(60, TimeUnit.SECONDS);
            speaker.reliable.get(60, TimeUnit.SECONDS);
        }

        Call(UdpProxy proxy) throws Exception {
            this(proxy, Duration.ofSeconds(5), Duration.ofSeconds(25));
        }

        void say(int count) {
            for (int i = 0; i < count; i++) {
                assertTrue(speaker.publish(("message " + said++).getBytes(StandardCharsets.UTF_8)));
            }
        }

        void hearAll() {
            Await.until(
                    () -> "all " + said + " are there, of which are " + got.size() + ", " + listener.states,
                    Duration.ofMinutes(2),
                    () -> got.size() >= said);
            assertEquals(IntStream.range(0, said).mapToObj(i -> "message " + i).toList(), got);
        }

        @Override
        public void close() {
            listener.close();
            speaker.close();
        }
    }

    @Test
    void lossRepetitionAndDisorderLoseNothing() throws Exception {
        for (double lost : new double[] {0.01, 0.05}) {
            try (var proxy = UdpProxy.to(server.udpPort(), new Weather(lost, 0.02, 0.05), 42);
                    var call = new Call(proxy)) {
                for (int i = 0; i < 40; i++) {
                    call.say(25);
                    Thread.sleep(10);
                }
                call.hearAll();
                assertTrue(proxy.dropped() > 0, "the network was too good to prove anything");
            }
        }
    }

    @Test
    void aShortCutLosesNothing() throws Exception {
        try (var proxy = UdpProxy.to(server.udpPort(), Weather.FINE, 1);
                var call = new Call(proxy)) {
            call.say(10);
            call.hearAll();
            proxy.cut();
            call.say(10);
            // The cut is this long, as in the field; nothing is measured by it.
            Thread.sleep(3000);
            call.say(10);
            proxy.mend();
            call.hearAll();
            Await.until("it is as before", () -> call.listener.connection.state() == PeerState.CONNECTED);
        }
    }

    @Test
    void aLongCutIsNoticedAndANewConnectionIsMade() throws Exception {
        try (var proxy = UdpProxy.to(server.udpPort(), Weather.FINE, 1)) {
            try (var call = new Call(proxy, Duration.ofSeconds(2), Duration.ofSeconds(6))) {
                call.say(10);
                call.hearAll();
                proxy.cut();
                Await.until("it is noticed", () -> call.listener.connection.state() == PeerState.DISCONNECTED);
                Await.until("it is given up", () -> call.listener.connection.state() == PeerState.FAILED);
                assertTrue(call.listener.states.getLast().contains("no way found"), call.listener.states.toString());
            }
            proxy.mend();
            try (var again = new Call(proxy)) {
                again.say(10);
                again.hearAll();
            }
        }
    }

    @Test
    void iceRestartsOntoAnotherWayAndNothingIsLost() throws Exception {
        try (var first = UdpProxy.to(server.udpPort(), Weather.FINE, 1);
                var second = UdpProxy.to(server.udpPort(), Weather.FINE, 2);
                var call = new Call(first, Duration.ofSeconds(2), Duration.ofSeconds(60))) {
            call.say(10);
            call.hearAll();
            String before = call.listener.connection.stats().selectedPair();
            first.cut();
            call.say(10);
            Await.until("it is noticed", () -> call.listener.connection.state() == PeerState.DISCONNECTED);
            call.proxyPort = second.port();
            call.listener.restart();
            Await.until("it is back", () -> call.listener.connection.state() == PeerState.CONNECTED);
            call.say(10);
            call.hearAll();
            assertNotEquals(before, call.listener.connection.stats().selectedPair());
        }
    }

    @Test
    void aServerThatIsKilledIsMissed() throws Exception {
        try (var own = LiveKitServerPart.start()) {
            var options = new RtcClient.Options();
            PeerConfig c = options.config;
            options.config = new PeerConfig(
                    c.iceServers(), false, true, true, null, Duration.ofSeconds(2), Duration.ofSeconds(6));
            try (var client = RtcClient.join(own.url(), "room", "listener", options)) {
                client.connected.get(60, TimeUnit.SECONDS);
                own.kill();
                Await.until("it is given up", () -> client.connection.state() == PeerState.FAILED);
            }
            own.run();
            try (var client = RtcClient.join(own.url(), "room", "listener", new RtcClient.Options())) {
                client.connected.get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void closingEndsItsThread() throws Exception {
        var client = RtcClient.join(server.url(), "closing", "listener", new RtcClient.Options());
        client.connected.get(60, TimeUnit.SECONDS);
        client.reliable.get(60, TimeUnit.SECONDS);
        client.close();
        Await.until("no thread is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.isAlive() && t.getName().startsWith("rtc")));
        assertEquals(PeerState.CLOSED, client.connection.state());
    }

    @Test
    void aListenerThatStopsIsNotFlooded() throws Exception {
        try (var proxy = UdpProxy.to(server.udpPort(), Weather.FINE, 1);
                var call = new Call(proxy)) {
            call.say(10);
            call.hearAll();
            call.listener.connection.setReceivePaused(true);
            call.say(500);
            // Long enough for all of them to be on the way.
            Await.until("the speaker has got rid of them", () -> call.speaker.connection.stats().messagesSent() >= 510);
            assertEquals(10, call.got.size());
            call.listener.connection.setReceivePaused(false);
            call.hearAll();
        }
    }
}
