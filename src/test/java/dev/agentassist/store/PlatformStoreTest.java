package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.PlatformFake;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlatformStoreTest extends StoreContract {

    private static final PhoneNumber ANNA = new PhoneNumber(Calls.ANNA);

    private final List<PlatformFake> fakes = new ArrayList<>();

    @AfterEach
    void stop() {
        fakes.forEach(PlatformFake::close);
    }

    private PlatformFake fake(Conversation... conversations) {
        var fake = new PlatformFake().with(conversations);
        fakes.add(fake);
        return fake;
    }

    private static ConversationStore open(String url, String key, String organization, Duration timeout) {
        return Stores.open(
                url,
                new StoreAccess(
                        Path.of("/"), Map.of(), "nobody", () -> key, () -> organization, timeout, null,
                        () -> Http.client(new Http.Options(timeout, null, null, null))));
    }

    private static ConversationStore open(PlatformFake fake, String key) {
        return open(fake.url(), key, null, Duration.ofSeconds(30));
    }

    @Override
    ConversationStore holding(List<Conversation> conversations) {
        return open(fake(conversations.toArray(Conversation[]::new)), PlatformFake.KEY);
    }

    private static Problem problem(Runnable run) {
        return assertThrows(Failure.class, run::run).problem();
    }

    @Test
    void thePlusOfANumberIsEncodedAndTheFilterIsNotTrusted() throws Exception {
        var fake = fake(
                Calls.call("longer", Calls.ANNA_LONGER, Status.IN_PROGRESS, Calls.NOON.plusSeconds(9)),
                Calls.call("mine", Calls.ANNA, Status.COMPLETED, Calls.NOON));
        try (ConversationStore store = open(fake, PlatformFake.KEY)) {
            assertEquals("mine", store.newest(ANNA, false).orElseThrow().id());
            assertTrue(store.newest(ANNA, true).isEmpty());
        }
        assertTrue(fake.seen().getFirst().line().contains("user_id=%2B14155550132"), fake.seen().toString());
    }

    @Test
    void whatWasMadeInTheSameMomentAsAPagesLastOneIsNotLost() {
        var calls = IntStream.range(0, 260)
                .mapToObj(i -> Calls.call("c%03d".formatted(i), Calls.ANNA, Status.COMPLETED, Calls.NOON.plusSeconds(i < 170 && i > 90 ? 100 : i)))
                .toList();
        var fake = fake(calls.toArray(Conversation[]::new));
        try (ConversationStore store = open(fake, PlatformFake.KEY)) {
            List<String> ids = ids(store, ConversationFilter.ALL);
            assertEquals(260, ids.size());
            assertEquals(260, ids.stream().distinct().count());
        }
    }

    @Test
    void moreOfOneMomentThanAPageHoldsAreSaidAndNotLost() {
        var calls = IntStream.range(0, 150).mapToObj(i -> Calls.call("c" + i, Calls.ANNA, Status.COMPLETED, Calls.NOON)).toList();
        try (ConversationStore store = open(fake(calls.toArray(Conversation[]::new)), PlatformFake.KEY)) {
            Problem stuck = problem(() -> ids(store, ConversationFilter.ALL));
            assertInstanceOf(Problem.BadInput.class, stuck);
            assertTrue(stuck.detail().contains("same moment"), stuck.detail());
        }
    }

    @Test
    void aShortListAsksOnceAndALongOneAsItIsRead() {
        var calls = IntStream.range(0, 350).mapToObj(i -> Calls.call("c" + i, Calls.ANNA, Status.COMPLETED, Calls.NOON.plusSeconds(i))).toList();
        var fake = fake(calls.toArray(Conversation[]::new));
        try (ConversationStore store = open(fake, PlatformFake.KEY); var list = store.list(ConversationFilter.ALL)) {
            assertEquals(5, ids(store, ConversationFilter.ALL.withLimit(5)).size());
            assertEquals(1, fake.seen().size(), fake.seen().toString());
            assertEquals("c349", list.iterator().next().id());
            assertEquals(2, fake.seen().size(), fake.seen().toString());
        }
    }

    @Test
    void aKeyWithFewRightsIsToldFromACallWithoutATranscript() {
        Conversation full = Calls.full("full");
        ObjectNode silent = ConversationJson.write(Calls.full("silent"));
        silent.putNull("conversation");
        ObjectNode empty = ConversationJson.write(Calls.full("empty"));
        empty.putObject("conversation");
        var fake = fake(full).with(silent).with(empty);
        try (ConversationStore store = open(fake, PlatformFake.KEY)) {
            for (String id : List.of("silent", "empty")) {
                Conversation read = store.get(id).orElseThrow();
                assertEquals(null, read.transcript(), id);
                assertTrue(store.whyNoTranscript(read.info()).isEmpty(), id);
            }
        }
        try (ConversationStore store = open(fake, PlatformFake.LOW_KEY)) {
            Conversation read = store.get("full").orElseThrow();
            assertEquals(null, read.transcript());
            String why = store.whyNoTranscript(read.info()).orElseThrow();
            assertTrue(why.contains("may not read transcripts") && why.contains("conversations:list"), why);
            assertTrue(store.check(false).detail().contains("no transcripts"), store.check(false).detail());
        }
        fake.lowScopes("{\"scopes\": [\"conversations:list\", \"transcripts:read\"]}");
        try (ConversationStore store = open(fake, PlatformFake.LOW_KEY)) {
            assertTrue(store.whyNoTranscript(store.get("full").orElseThrow().info()).isEmpty());
        }
        try (ConversationStore store = open(fake, PlatformFake.LOW_KEY)) {
            var info = store.get("full").orElseThrow().info();
            fake.next(403, "{\"detail\": \"no\"}");
            assertTrue(store.whyNoTranscript(info).orElseThrow().contains("cannot be asked for"));
        }
    }

    @Test
    void readingGivesTheTranscriptsThatAListLeavesOut() {
        ObjectNode listed = ConversationJson.write(Calls.full("c1"));
        listed.remove("conversation");
        var fake = fake().with(ConversationJson.write(Calls.full("c1")));
        fake.next(200, "[" + listed + "]");
        try (ConversationStore store = open(fake, PlatformFake.KEY); var read = store.read(ConversationFilter.ALL)) {
            assertTrue(read.findFirst().orElseThrow().transcript() != null);
        }
    }

    @Test
    void aPersonalKeyGoesWithItsOrganization() {
        var fake = fake(Calls.full("c1"));
        Duration timeout = Duration.ofSeconds(30);
        try (ConversationStore store = open(fake.url(), PlatformFake.PERSONAL_KEY, PlatformFake.ORGANIZATION, timeout)) {
            assertTrue(store.find("c1").isPresent());
        }
        try (ConversationStore store = open(fake.url(), PlatformFake.PERSONAL_KEY, null, timeout)) {
            Problem missing = problem(() -> store.find("c1"));
            assertInstanceOf(Problem.BadInput.class, missing);
            assertTrue(missing.hint().contains("ASSIST_STORE_ORG"), missing.hint());
        }
        try (ConversationStore store = open(fake.url(), PlatformFake.PERSONAL_KEY, "org_2", timeout)) {
            assertEquals(401, problem(() -> store.find("c1")).status());
        }
        try (ConversationStore store = open(fake.url(), null, null, timeout)) {
            assertTrue(problem(() -> store.find("c1")).hint().contains("ASSIST_STORE_KEY"));
        }
        try (ConversationStore store = open(fake.url(), "ak_\n1", null, timeout)) {
            Problem bad = problem(() -> store.find("c1"));
            assertInstanceOf(Problem.BadInput.class, bad);
            assertFalse(bad.detail().contains("ak_"));
        }
    }

    @Test
    void eachErrorIsTheProblemThatItMeans() {
        record Case(int status, String body, Class<? extends Problem> problem, String says) {}
        for (var each : List.of(
                new Case(400, "{\"detail\": \"bad cursor\"}", Problem.BadInput.class, "bad cursor"),
                new Case(401, "{\"detail\": \"Invalid API key\"}", Problem.NotAllowed.class, "Invalid API key"),
                new Case(403, "{\"detail\": \"Missing scope\"}", Problem.NotAllowed.class, "Missing scope"),
                new Case(409, "{\"detail\": \"ended\"}", Problem.WrongState.class, "ended"),
                new Case(
                        422,
                        "{\"detail\": [{\"loc\": [\"query\", \"limit\"], \"msg\": \"too large\"}, {\"loc\": [\"query\", \"cursor\"], \"msg\": \"no Base64\"}]}",
                        Problem.BadInput.class,
                        "query.limit: too large; query.cursor: no Base64"),
                new Case(500, "{\"detail\": \"boom\"}", Problem.Unavailable.class, "boom"),
                new Case(502, "<html>bad gateway</html>", Problem.Unavailable.class, "502"),
                new Case(429, "{\"detail\": \"slow down\"}", Problem.Unavailable.class, "too often"),
                new Case(302, "", Problem.BadInput.class, "redirect"),
                new Case(200, "<html>welcome</html>", Problem.BadInput.class, "not with JSON"),
                new Case(200, "{\"items\": []}", Problem.BadInput.class, "no array"),
                new Case(200, "[{\"id\": \"x\", \"status\": \"paused\", \"created_at\": \"2026-11-22T12:00:00Z\"}]", Problem.BadInput.class, "paused"),
                new Case(422, "{\"detail\": {\"odd\": 1}}", Problem.BadInput.class, "422"))) {
            var fake = fake();
            fake.next(each.status(), each.body());
            try (ConversationStore store = open(fake, PlatformFake.KEY)) {
                Problem problem = problem(() -> ids(store, ConversationFilter.ALL));
                assertInstanceOf(each.problem(), problem, each.toString());
                assertTrue(problem.detail().contains(each.says()), problem.detail());
                assertFalse((problem.detail() + problem.hint()).contains(PlatformFake.KEY), problem.detail());
            }
        }
    }

    @Test
    void whenAskedToWaitItWaitsAndAsksAgain() {
        var fake = fake(Calls.full("c1"));
        fake.next(new PlatformFake.Answer(429, "{\"detail\": \"slow down\"}", Map.of("Retry-After", "0")));
        fake.next(new PlatformFake.Answer(503, "", Map.of("Retry-After", "0")));
        try (ConversationStore store = open(fake, PlatformFake.KEY)) {
            assertTrue(store.find("c1").isPresent());
            assertEquals(3, fake.seen().size());
        }
        fake.next(new PlatformFake.Answer(429, "{\"detail\": \"slow down\"}", Map.of("Retry-After", "120")));
        try (ConversationStore store = open(fake, PlatformFake.KEY)) {
            Problem late = problem(() -> store.find("c1"));
            assertEquals(429, late.status());
            assertTrue(late.hint().contains("120 s"), late.hint());
        }
    }

    @Test
    void aPlatformThatIsNotThereOrSilentIsUnavailable() throws Exception {
        int free;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        try (ConversationStore store = open("http://127.0.0.1:" + free, "ak_1", null, Duration.ofSeconds(30))) {
            assertInstanceOf(Problem.Unavailable.class, problem(() -> store.find("c1")));
        }
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ConversationStore store = open("http://127.0.0.1:" + silent.getLocalPort(), "ak_1", null, Duration.ofMillis(300))) {
            Problem late = problem(() -> store.find("c1"));
            assertInstanceOf(Problem.Unavailable.class, late);
            assertTrue(late.detail().contains("in time"), late.detail());
        }
    }

    @Test
    void theKeyIsNeverSentUnencryptedToAnotherMachine() {
        for (String url : List.of("http://api.example.com", "http://127.0.0.1.example.com", "http://10.0.0.1")) {
            Problem problem = problem(() -> open(url, "ak_1", null, Duration.ofSeconds(1)));
            assertInstanceOf(Problem.BadInput.class, problem, url);
            assertTrue(problem.hint().contains("https://"), problem.hint());
        }
        for (String url : List.of("https://api.example.com?x=1", "https://key@api.example.com", "https:api", "https://api.example.com#x")) {
            assertInstanceOf(Problem.BadInput.class, problem(() -> open(url, "ak_1", null, Duration.ofSeconds(1))), url);
        }
    }

    @Test
    void theAddressMayEndInCoreOrASlash() {
        var fake = fake(Calls.full("c1"));
        for (String end : List.of("/", "/core", "/core/")) {
            try (ConversationStore store = open(fake.url() + end, PlatformFake.KEY, null, Duration.ofSeconds(30))) {
                assertTrue(store.find("c1").isPresent(), end);
            }
        }
    }

    @Test
    void itCanOnlyBeRead() {
        try (ConversationStore store = open(fake(), PlatformFake.KEY)) {
            assertInstanceOf(Problem.NotAllowed.class, problem(store::write));
        }
    }
}
