package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store does alike, whatever it keeps its conversations in. */
abstract class StoreContract {

    private static final PhoneNumber ANNA = new PhoneNumber(Calls.ANNA);
    private static final Instant NOON = Calls.NOON;

    /** A store that holds just these. */
    abstract ConversationStore holding(List<Conversation> conversations) throws Exception;

    private ConversationStore holding(Conversation... conversations) throws Exception {
        return holding(List.of(conversations));
    }

    @Test
    void everyFieldComesBackAsItWas() throws Exception {
        Conversation full = Calls.full("c1");
        try (ConversationStore store = holding(full)) {
            assertEquals(json(full), json(store.get("c1").orElseThrow()));
            assertEquals(full.info(), store.find("c1").orElseThrow());
            assertEquals(full.info(), store.newest(ANNA, false).orElseThrow());
        }
    }

    @Test
    void aConversationOfWhichLittleIsKnownComesBackAsItWas() throws Exception {
        Conversation bare = ConversationJson.read(Json.MAPPER.readTree(
                "{\"id\": \"bare\", \"status\": \"ringing\", \"created_at\": \"2026-11-22T12:00:00.123456Z\"}"));
        try (ConversationStore store = holding(bare)) {
            assertEquals(bare.info(), store.find("bare").orElseThrow());
            assertEquals(json(bare), json(store.get("bare").orElseThrow()));
        }
    }

    @Test
    void anEmptyStoreHasNothing() throws Exception {
        try (ConversationStore store = holding()) {
            assertEquals(Optional.empty(), store.get("c1"));
            assertEquals(Optional.empty(), store.find("c1"));
            assertEquals(Optional.empty(), store.newest(ANNA, false));
            assertEquals(Optional.empty(), store.newestInRoom("call-c1", false));
            assertEquals(List.of(), ids(store, ConversationFilter.ALL));
        }
    }

    @Test
    void anIdThatIsNotThereIsNotThereHoweverItLooks() throws Exception {
        try (ConversationStore store = holding(Calls.full("c1"))) {
            for (String id : List.of("c", "c11", "C1", " c1", "c1' OR '1'='1", "%", "..", "c1/../c1", "c1?x=1", "né")) {
                assertEquals(Optional.empty(), store.get(id), id);
                assertEquals(Optional.empty(), store.find(id), id);
            }
        }
    }

    @Test
    void anIdMayHoldAnyText() throws Exception {
        for (String id : List.of("a/b c?d=e&f#g", "ü€😀", "%2F", "it's \"quoted\"")) {
            try (ConversationStore store = holding(Calls.full(id))) {
                assertEquals(id, store.get(id).orElseThrow().id());
            }
        }
    }

    @Test
    void theNewestOfANumberIsByTimeAndThenById() throws Exception {
        try (ConversationStore store = holding(
                Calls.call("a", Calls.ANNA, Status.COMPLETED, NOON),
                Calls.call("c", Calls.ANNA, Status.COMPLETED, NOON.plusSeconds(1)),
                Calls.call("b", Calls.ANNA, Status.FAILED, NOON.plusSeconds(1)),
                Calls.call("z", Calls.BEN, Status.COMPLETED, NOON.plusSeconds(9)))) {
            assertEquals("c", store.newest(ANNA, false).orElseThrow().id());
        }
    }

    @Test
    void aNumberIsMatchedWholeNeverByItsBeginning() throws Exception {
        try (ConversationStore store = holding(
                Calls.call("longer", Calls.ANNA_LONGER, Status.IN_PROGRESS, NOON.plusSeconds(5)),
                Calls.call("mine", Calls.ANNA, Status.IN_PROGRESS, NOON))) {
            assertEquals("mine", store.newest(ANNA, false).orElseThrow().id());
            assertEquals("mine", store.newest(ANNA, true).orElseThrow().id());
            assertEquals(List.of("mine"), ids(store, filter(ANNA)));
            assertEquals(Optional.empty(), store.newest(new PhoneNumber("+1415555013"), false));
        }
    }

    @Test
    void theNewestActiveOneIsFoundBehindNewerOnesThatEnded() throws Exception {
        var calls = new ArrayList<Conversation>();
        IntStream.range(0, 120).forEach(i ->
                calls.add(Calls.call("done" + i, Calls.ANNA, Status.COMPLETED, NOON.plusSeconds(i))));
        calls.add(Calls.call("live", Calls.ANNA, Status.RINGING, NOON.minusSeconds(1)));
        calls.add(Calls.call("older", Calls.ANNA, Status.IN_PROGRESS, NOON.minusSeconds(2)));
        try (ConversationStore store = holding(calls)) {
            assertEquals("live", store.newest(ANNA, true).orElseThrow().id());
            assertEquals("done119", store.newest(ANNA, false).orElseThrow().id());
        }
    }

    @Test
    void eachStatusIsActiveOrNotAsDocumented() throws Exception {
        for (Status status : Status.values()) {
            try (ConversationStore store = holding(Calls.call("c1", Calls.ANNA, status, NOON))) {
                boolean active = Set.of(Status.TOKEN_CREATED, Status.TRIGGERED, Status.RINGING, Status.IN_PROGRESS)
                        .contains(status);
                assertEquals(active, store.newest(ANNA, true).isPresent(), status.wire());
                assertEquals(active, store.newestInRoom("call-c1", true).isPresent(), status.wire());
            }
        }
    }

    @Test
    void theNewestInARoomIsFound() throws Exception {
        try (ConversationStore store = holding(
                Calls.change("old", "{\"room_name\": \"r\", \"created_at\": \"2026-11-20T00:00:00Z\", \"status\": \"in_progress\"}"),
                Calls.change("new", "{\"room_name\": \"r\", \"created_at\": \"2026-11-21T00:00:00Z\"}"),
                Calls.change("other", "{\"room_name\": \"r2\", \"created_at\": \"2026-11-22T00:00:00Z\"}"))) {
            assertEquals("new", store.newestInRoom("r", false).orElseThrow().id());
            assertEquals("old", store.newestInRoom("r", true).orElseThrow().id());
            assertEquals(Optional.empty(), store.newestInRoom("R", false));
        }
    }

    @Test
    void aListIsNewestFirstWithEachConversationOnce() throws Exception {
        var calls = new ArrayList<Conversation>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 230; i++) {
            // Some at the same moment, some of them at a page's border.
            String id = "c%03d".formatted(i);
            calls.add(Calls.call(id, i % 3 == 0 ? Calls.ANNA : Calls.BEN, Status.COMPLETED, NOON.plusSeconds(i / 7)));
            expected.addFirst(id);
        }
        try (ConversationStore store = holding(calls)) {
            assertEquals(expected, ids(store, ConversationFilter.ALL));
            assertEquals(expected.subList(0, 1), ids(store, ConversationFilter.ALL.withLimit(1)));
            assertEquals(expected.subList(0, 117), ids(store, ConversationFilter.ALL.withLimit(117)));
            assertEquals(
                    expected.stream().filter(id -> Integer.parseInt(id.substring(1)) % 3 == 0).toList(),
                    ids(store, filter(ANNA)));
        }
    }

    @Test
    void aListIsFilteredByEachPartAndByAllTogether() throws Exception {
        try (ConversationStore store = holding(
                Calls.change("a", "{\"status\": \"failed\", \"created_at\": \"2026-11-22T10:00:00Z\", \"agent\": {\"id\": \"x\", \"name\": \"Sales\"}, \"agent_id\": \"x\"}"),
                Calls.change("b", "{\"status\": \"completed\", \"created_at\": \"2026-11-22T11:00:00Z\", \"agent\": {\"id\": \"y\", \"name\": \"Sales\"}, \"agent_id\": \"y\"}"),
                Calls.change("c", "{\"status\": \"in_progress\", \"created_at\": \"2026-11-22T12:00:00Z\", \"user_id\": \"%s\"}".formatted(Calls.BEN)),
                Calls.change("d", "{\"status\": \"failed\", \"created_at\": \"2026-11-22T13:00:00Z\", \"user_id\": \"%s\"}".formatted(Calls.BEN)))) {
            assertEquals(List.of("d", "a"), ids(store, new ConversationFilter(null, Set.of(Status.FAILED), null, null, null, 0)));
            assertEquals(
                    List.of("d", "b", "a"),
                    ids(store, new ConversationFilter(null, Set.of(Status.FAILED, Status.COMPLETED), null, null, null, 0)));
            assertEquals(
                    List.of("d", "b"),
                    ids(store, new ConversationFilter(null, Set.of(Status.FAILED, Status.COMPLETED), null, null, null, 2)));
            assertEquals(
                    List.of("d", "c", "b"),
                    ids(store, new ConversationFilter(null, Set.of(), Instant.parse("2026-11-22T11:00:00Z"), null, null, 0)));
            assertEquals(
                    List.of("a"),
                    ids(store, new ConversationFilter(null, Set.of(), null, Instant.parse("2026-11-22T11:00:00Z"), null, 0)));
            assertEquals(List.of("b", "a"), ids(store, new ConversationFilter(null, Set.of(), null, null, "Sales", 0)));
            assertEquals(List.of("b"), ids(store, new ConversationFilter(null, Set.of(), null, null, "y", 0)));
            assertEquals(
                    List.of("d"),
                    ids(store, new ConversationFilter(
                            new PhoneNumber(Calls.BEN),
                            Set.of(Status.FAILED, Status.TRANSFERRED),
                            Instant.parse("2026-11-22T12:30:00Z"),
                            Instant.parse("2026-11-22T13:30:00Z"),
                            "agent_1",
                            5)));
        }
    }

    @Test
    void readingGivesTheTranscriptsToo() throws Exception {
        Conversation one = Calls.call("one", Calls.ANNA, Status.COMPLETED, NOON);
        Conversation two = Calls.call("two", Calls.BEN, Status.COMPLETED, NOON.plusSeconds(1));
        try (ConversationStore store = holding(one, two); Stream<Conversation> all = store.read(ConversationFilter.ALL)) {
            assertEquals(List.of(json(two), json(one)), all.map(StoreContract::json).toList());
        }
    }

    @Test
    void oneStoreAnswersSeveralQuestionsWhileAListIsRead() throws Exception {
        try (ConversationStore store = holding(
                        Calls.call("a", Calls.ANNA, Status.COMPLETED, NOON),
                        Calls.call("b", Calls.ANNA, Status.COMPLETED, NOON.plusSeconds(1)));
                Stream<ConversationInfo> list = store.list(ConversationFilter.ALL)) {
            Iterator<ConversationInfo> rows = list.iterator();
            assertEquals("b", rows.next().id());
            assertTrue(store.get("a").isPresent());
            assertEquals("b", store.newest(ANNA, false).orElseThrow().id());
            assertEquals("a", rows.next().id());
            assertFalse(rows.hasNext());
        }
    }

    @Test
    void itIsReadyAndSaysWhatItIs() throws Exception {
        try (ConversationStore store = holding(Calls.full("c1"))) {
            assertTrue(store.check(false).ready());
            assertFalse(store.describe().isBlank());
        }
    }

    static ConversationFilter filter(PhoneNumber number) {
        return new ConversationFilter(number, Set.of(), null, null, null, 0);
    }

    static List<String> ids(ConversationStore store, ConversationFilter filter) {
        try (Stream<ConversationInfo> list = store.list(filter)) {
            return list.map(ConversationInfo::id).toList();
        }
    }

    /** As text: what counts is what JSON says, not which class holds a number. */
    static String json(Conversation conversation) {
        try {
            return Json.pretty().writeValueAsString(ConversationJson.write(conversation));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
