package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.CoturnPart;
import dev.agentassist.testkit.Gateway;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.UdpProxy;
import dev.agentassist.token.ListenerClaims;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where the network is not what it should be: blocked, cut, another one than expected. */
class BadNetworkIT {

    @TempDir
    Path home;

    private static void endsWell(Running tail, Participant agent) {
        agent.leave();
        Program.Result result = tail.await();
        assertEquals(0, result.exit(), result::toString);
    }

    private static long shown(Running tail, String text) {
        return tail.outLines().stream().filter(line -> line.endsWith(text)).count();
    }

    @Test
    void whereUdpIsBlockedItGoesByTcp() {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server);
                var firewall = Gateway.before(server).telling(Map.of(server.udpPort(), 0))) {
            Program assist = new Program(home).with(server).with("LIVEKIT_URL", firewall.url());
            Participant agent = people.join("blocked", Join.agent("Ava"));
            agent.publishTone(440);
            try (Running tail = assist.start("tail", "room:blocked");
                    Running listen = assist.start("listen", "room:blocked", "--output", "heard.ogg")) {
                OnServer.sayUntilShown(agent, tail, "ready");
                Await.until("something is heard", () -> home.resolve("heard.ogg").toFile().length() > 4_000);
                endsWell(tail, agent);
                assertEquals(0, listen.await().exit(), () -> listen.out() + listen.err());
            }
        }
    }

    /** The relay is the one that the server hands out, its certificate of an authority that only {@code --ca-file} names. */
    @Test
    void whereNothingButTlsGetsOutItGoesByTheServersRelay() {
        try (var coturn = CoturnPart.start();
                var server = LiveKitServerPart.start(LiveKitOptions.defaults()
                        .handingOut("localhost", coturn.tlsPort(), "tls", CoturnPart.USER, CoturnPart.PASSWORD));
                var people = Participants.of(server);
                var firewall = Gateway.before(server).telling(Map.of(server.udpPort(), 0, server.tcpPort(), 0))) {
            Program assist = new Program(home).with(server).with("LIVEKIT_URL", firewall.url());
            Participant agent = people.join("relayed", Join.agent("Ava"));
            agent.publishTone(440);
            try (Running tail = assist.start("tail", "room:relayed", "--ca-file", coturn.authority().toString());
                    Running listen = assist.start(
                            "listen", "room:relayed", "--output", "heard.ogg", "--ca-file", coturn.authority().toString())) {
                OnServer.sayUntilShown(agent, tail, "ready");
                Await.until("something is heard", () -> home.resolve("heard.ogg").toFile().length() > 4_000);
                endsWell(tail, agent);
                assertEquals(0, listen.await().exit(), () -> listen.out() + listen.err());
            }
            assertTrue(coturn.logged("ALLOCATE processed, success") >= 2, "through the relay: see " + coturn.log());
        }
    }

    @Test
    void theServerIsReachedByIpv6() {
        Assumptions.assumeTrue(hasIpv6(), "this machine has no ::1");
        try (var server = LiveKitServerPart.start(LiveKitOptions.defaults().onIpv6());
                var people = Participants.of(server)) {
            Participant agent = people.join("six", Join.agent("Ava"));
            try (Running tail = new Program(home).with(server).start("tail", "room:six")) {
                OnServer.sayUntilShown(agent, tail, "ready");
                endsWell(tail, agent);
            }
        }
    }

    private static boolean hasIpv6() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** A tail whose whole network, signalling and media, can be cut. */
    private final class Cuttable implements AutoCloseable {
        final LiveKitServerPart server = LiveKitServerPart.start();
        final Participants people = Participants.of(server);
        final UdpProxy media = UdpProxy.to(server.udpPort(), UdpProxy.Weather.FINE, 1);
        final Gateway signalling = Gateway.before(server)
                .telling(Map.of(server.udpPort(), media.port(), server.tcpPort(), 0));
        final Participant agent = people.join("cut", Join.agent("Ava"));
        final Running tail;

        Cuttable(String... more) {
            // An agent alone does not keep a room open.
            people.join("cut", Join.person("Carl"));
            var arguments = new ArrayList<>(List.of("tail", "room:cut"));
            arguments.addAll(List.of(more));
            tail = new Program(home).with(server).with("LIVEKIT_URL", signalling.url()).start(arguments.toArray(String[]::new));
            OnServer.sayUntilShown(agent, tail, "ready");
            assertTrue(media.forwarded() > 0, "the media goes by the way that can be cut");
        }

        void cut() {
            media.cut();
            signalling.cut();
        }

        void mend() {
            media.mend();
            signalling.mend();
        }

        @Override
        public void close() {
            tail.close();
            people.close();
            signalling.close();
            media.close();
            server.close();
        }
    }

    @Test
    void aCutOfThreeSecondsLosesNothing() throws Exception {
        try (var call = new Cuttable()) {
            call.cut();
            call.agent.replace("during", "", "Said meanwhile.", true);
            // The cut is this long, as in the field; nothing is measured by it.
            Thread.sleep(3_000);
            call.mend();
            call.agent.replace("after", "", "Said afterwards.", true);
            call.tail.awaitOut("Said afterwards");
            assertEquals(1, shown(call.tail, "Said meanwhile."), call.tail::out);
            assertFalse(call.tail.out().contains("is missing"), call.tail.out());
            endsWell(call.tail, call.agent);
            assertEquals(1, shown(call.tail, "Said afterwards."), call.tail::out);
        }
    }

    /** Longer than the server remembers the listener: it joins anew, and what it missed is said to be missing. */
    @Test
    @Tag("slow")
    void aCutOfAMinuteIsSaidAsAGap() throws Exception {
        try (var call = new Cuttable("--timeout", "3m", "--format", "jsonl")) {
            call.agent.replace("before", "", "Said before.", true);
            call.tail.awaitOut("Said before");
            long from = System.nanoTime();
            call.cut();
            call.agent.replace("during", "", "Said meanwhile.", true);
            call.tail.awaitOut("\"state\":\"connecting\"");
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(60) - (System.nanoTime() - from));
            call.mend();
            call.tail.awaitOut("\"type\":\"gap\".*\"complete\":false");
            OnServer.sayUntilShown(call.agent, call.tail, "after");
            call.agent.leave();
            Program.Result result = call.tail.await();
            assertEquals(0, result.exit(), result::toString);
            assertEquals(1, result.out().lines().filter(l -> l.contains("Said before.")).count(), result::toString);
            assertFalse(result.out().contains("Said meanwhile."), result::toString);
        }
    }

    @Test
    void aCutThatIsTooLongIsWorthRetrying() {
        try (var call = new Cuttable("--timeout", "2s")) {
            call.cut();
            Program.Result result = call.tail.await(Duration.ofMinutes(2));
            assertEquals(6, result.exit(), result::toString);
            assertTrue(result.err().contains("not regained within 2 s"), result::toString);
        }
    }

    @Test
    @Tag("slow")
    void aServerThatIsKilledAndStartedAgainIsJoinedAgain() {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server)) {
            Participant agent = people.join("restart", Join.agent("Ava"));
            try (Running tail = new Program(home).with(server).start("tail", "room:restart", "--timeout", "60s")) {
                OnServer.sayUntilShown(agent, tail, "ready");
                server.kill();
                server.run();
                Participant again = people.join("restart", Join.agent("Ben"));
                OnServer.sayUntilShown(again, tail, "back");
                tail.awaitOut("The connection was lost at .* what was said in between is missing");
                // The first agent comes back by itself, sooner or later.
                server.deleteRoom("restart");
                Program.Result result = tail.await();
                assertEquals(0, result.exit(), result::toString);
            }
        }
    }

    @Test
    void aRoomThatIsDeletedEndsTheCallAndAnotherOfTheSameNameThrowsOut() {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server)) {
            Participant agent = people.join("over", Join.agent("Ava"));
            Program assist = new Program(home).with(server);
            String token = token("over", Instant.now().plusSeconds(600));
            try (Running first = assist.start("tail", "--token", "-")) {
                first.type(token + "\n");
                first.closeInput();
                OnServer.sayUntilShown(agent, first, "ready");
                try (Running second = assist.start("tail", "--token", "-")) {
                    second.type(token + "\n");
                    second.closeInput();
                    Program.Result thrownOut = first.await();
                    assertEquals(4, thrownOut.exit(), thrownOut::toString);
                    assertTrue(thrownOut.err().contains("the same identity"), thrownOut::toString);
                    OnServer.sayUntilShown(agent, second, "other");
                    server.deleteRoom("over");
                    Program.Result deleted = second.await();
                    assertEquals(0, deleted.exit(), deleted::toString);
                    assertTrue(deleted.err().contains("room was deleted"), deleted::toString);
                }
            }
        }
    }

    /** The server takes a token for a minute longer than it says; whoever is in stays, and comes back with a renewed one. */
    @Test
    @Tag("slow")
    void aTokenThatExpiresMeanwhileEndsNothing() throws Exception {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server);
                var signalling = Gateway.before(server)) {
            Participant agent = people.join("expires", Join.agent("Ava"));
            Instant expiry = Instant.now().plusSeconds(5);
            String token = token("expires", expiry);
            try (Running tail = new Program(home).start("tail", "--token", "-", "--url", signalling.url(), "--timeout", "60s")) {
                tail.type(token + "\n");
                tail.closeInput();
                OnServer.sayUntilShown(agent, tail, "ready");
                Thread.sleep(Duration.between(Instant.now(), expiry.plusSeconds(70)).toMillis());
                Program.Result refused = new Program(home).reading(token).run("tail", "--token", "-", "--url", signalling.url());
                assertEquals(4, refused.exit(), refused::toString);
                OnServer.sayUntilShown(agent, tail, "still");
                server.kill();
                server.run();
                Participant again = people.join("expires", Join.agent("Ben"));
                OnServer.sayUntilShown(again, tail, "renewed");
                server.deleteRoom("expires");
                Program.Result result = tail.await();
                assertEquals(0, result.exit(), result::toString);
            }
        }
    }

    private static String token(String room, Instant expiry) {
        return new ListenerClaims(LiveKitServerPart.KEY, "listener-given", room, "{}", expiry).sign(LiveKitServerPart.SECRET);
    }
}
