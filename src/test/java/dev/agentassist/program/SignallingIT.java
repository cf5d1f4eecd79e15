package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.ConnectProxy;
import dev.agentassist.testkit.Gateway;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.token.ListenerClaims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitModels;
import livekit.LivekitRtc;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ways to a real server's signalling: a proxy, a private authority, a server that is older, and one that is elsewhere. */
class SignallingIT extends OnServer {

    private static Gateway tls;

    @BeforeAll
    static void open() {
        tls = Gateway.withTls(server);
    }

    @AfterAll
    static void shut() {
        tls.close();
    }

    /** Follows a call from its beginning to its end. */
    private static Program.Result follows(Program program, String room, String... more) {
        Participant agent = people.join(room, Join.agent("Ava"));
        var arguments = new ArrayList<>(List.of("tail", "room:" + room));
        arguments.addAll(List.of(more));
        try (Running tail = program.start(arguments.toArray(String[]::new))) {
            sayUntilShown(agent, tail, "ready");
            agent.leave();
            Program.Result result = tail.await();
            assertEquals(0, result.exit(), result::toString);
            return result;
        }
    }

    private Program behind(ConnectProxy proxy, String credentials) {
        return assist.with("LIVEKIT_URL", "wss://livekit.test").with("HTTPS_PROXY", "http://" + credentials + proxy.address());
    }

    private static String trust() {
        return tls.authority().toString();
    }

    @Test
    void throughAProxyWithAPrivateAuthority() {
        try (var proxy = ConnectProxy.open("livekit.test:443", tls.port())) {
            follows(behind(proxy, ""), "signal-1", "--ca-file", trust());
            assertTrue(proxy.asked().contains("livekit.test:443"), proxy.asked()::toString);
        }
    }

    @Test
    void throughAProxyThatWantsCredentials() {
        try (var proxy = ConnectProxy.wanting("jo:pass:word", "livekit.test:443", tls.port())) {
            follows(behind(proxy, "jo:pass%3Aword@"), "signal-2", "--ca-file", trust());
            for (String credentials : List.of("", "jo:wrong@")) {
                Program.Result result =
                        behind(proxy, credentials).run("tail", "room:signal-2", "--ca-file", trust());
                assertEquals(6, result.exit(), result::toString);
                assertTrue(result.err().contains("the proxy wants credentials"), result::toString);
                assertFalse(result.err().contains("wrong") || result.err().contains("Exception"), result::toString);
            }
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        try (var proxy = ConnectProxy.refusing()) {
            Program.Result result = behind(proxy, "").run("tail", "room:signal-3", "--ca-file", trust());
            assertEquals(6, result.exit(), result::toString);
            assertTrue(result.err().contains("the proxy does not connect to it (HTTP status 403)"), result::toString);
            assertTrue(result.err().contains("HTTPS_PROXY"), result::toString);
            // With a token the program asks nothing but the signalling itself.
            result = behind(proxy, "").reading(token("signal-3"))
                    .run("tail", "--token", "-", "--url", "wss://livekit.test", "--ca-file", trust());
            assertEquals(6, result.exit(), result::toString);
            assertTrue(result.err().contains("the proxy does not connect to it (HTTP status 403)"), result::toString);
        }
    }

    @Test
    void noProxyForWhatIsExemptAndForThisMachine() {
        try (var proxy = ConnectProxy.refusing()) {
            Program.Result exempt = behind(proxy, "").with("NO_PROXY", "other.org,.test").run("tail", "room:signal-4");
            assertEquals(6, exempt.exit(), exempt::toString);
            assertTrue(exempt.err().contains("its name cannot be resolved"), exempt::toString);
            follows(behind(proxy, "").with("LIVEKIT_URL", tls.url()), "signal-4", "--ca-file", trust());
            assertEquals(List.of(), proxy.asked());
        }
    }

    @Test
    void anAuthorityThatIsNotTrustedIsSaidAtOnce() throws Exception {
        Path other = Files.writeString(
                home.resolve("other.pem"),
                new HeldCertificate.Builder().certificateAuthority(0).build().certificatePem());
        Program program = assist.with("LIVEKIT_URL", tls.url());
        for (String[] arguments : new String[][] {
            {"tail", "room:signal-5"},
            {"tail", "room:signal-5", "--ca-file", other.toString()},
            {"tail", "--token", "-", "--url", tls.url(), "--ca-file", other.toString()},
            {"listen", "room:signal-5", "--output", "x.ogg", "--ca-file", other.toString()},
        }) {
            Program.Result result = program.reading(token("signal-5")).run(arguments);
            assertEquals(6, result.exit(), result::toString);
            assertTrue(result.err().contains("its certificate is of no authority that is trusted here"), result::toString);
            assertTrue(result.err().contains("--ca-file"), result::toString);
            assertFalse(result.err().contains("PKIX") || result.err().contains("Exception"), result::toString);
        }
        Program.Result name = program.with("LIVEKIT_URL", "wss://127.0.0.1:" + tls.port()).run("tail", "room:x", "--ca-file", trust());
        assertEquals(6, name.exit(), name::toString);
        assertTrue(name.err().contains("its certificate is for another name"), name::toString);
    }

    @Test
    void aServerWithoutTheSinglePeerConnectionIsJoinedTheOtherWay() {
        try (var older = Gateway.before(server).answering("/rtc/v1", 404)) {
            Program program = assist.with("LIVEKIT_URL", older.url());
            Participant agent = people.join("signal-6", Join.agent("Ava"));
            agent.publishTone(440);
            try (Running tail = program.start("tail", "room:signal-6");
                    Running listen = program.start("listen", "room:signal-6", "--output", "heard.ogg")) {
                sayUntilShown(agent, tail, "ready");
                Await.until("something is heard", () -> home.resolve("heard.ogg").toFile().length() > 4_000);
                agent.leave();
                assertEquals(0, tail.await().exit(), () -> tail.out() + tail.err());
                assertEquals(0, listen.await().exit(), () -> listen.out() + listen.err());
            }
            assertTrue(older.requests().contains("/rtc/v1") && older.requests().contains("/rtc"), older.requests()::toString);
        }
    }

    @Test
    void aJoinThatNamesAnotherAddressIsFollowedButNotForEver() {
        try (var first = Gateway.before(server).sendingTo(server.url());
                var circle = Gateway.before(server)) {
            follows(assist.with("LIVEKIT_URL", first.url()), "signal-7");
            assertTrue(first.requests().contains("/rtc/v1"), first.requests()::toString);
            circle.sendingTo(circle.url());
            Participant agent = people.join("signal-7b", Join.agent("Ava"));
            Program.Result result = assist.with("LIVEKIT_URL", circle.url()).run("tail", "room:signal-7b");
            assertEquals(6, result.exit(), result::toString);
            assertTrue(result.err().contains("from one address to the next without end"), result::toString);
            agent.leave();
        }
    }

    @Test
    void aFarewellThatNamesAnotherRegionIsFollowed() {
        try (var near = Gateway.before(server);
                var far = Gateway.before(server)) {
            Participant agent = people.join("signal-8", Join.agent("Ava"));
            try (Running tail = assist.with("LIVEKIT_URL", near.url()).start("tail", "room:signal-8")) {
                sayUntilShown(agent, tail, "ready");
                near.say(LivekitRtc.SignalResponse.newBuilder()
                        .setLeave(LivekitRtc.LeaveRequest.newBuilder()
                                .setReason(LivekitModels.DisconnectReason.SERVER_SHUTDOWN)
                                .setAction(LivekitRtc.LeaveRequest.Action.RECONNECT)
                                .setRegions(LivekitRtc.RegionSettings.newBuilder()
                                        .addRegions(LivekitRtc.RegionInfo.newBuilder().setRegion("far").setUrl(far.url()))))
                        .build());
                Await.until("the other region is joined", () -> far.requests().contains("/rtc/v1"));
                sayUntilShown(agent, tail, "again");
                tail.awaitOut("The connection was lost at .* is back at");
                agent.leave();
                assertEquals(0, tail.await().exit(), () -> tail.out() + tail.err());
            }
        }
    }

    private static String token(String room) {
        return new ListenerClaims(LiveKitServerPart.KEY, "listener-signal", room, "{}", Instant.now().plusSeconds(600))
                .sign(LiveKitServerPart.SECRET);
    }
}
