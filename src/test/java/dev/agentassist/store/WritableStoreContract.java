package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Status;
import dev.agentassist.store.ConversationStore.Change;
import dev.agentassist.store.ConversationStore.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does alike that can be written to. */
abstract class WritableStoreContract extends StoreContract {

    /** A store to write to, empty at first; the same again at each call within a test. */
    abstract ConversationStore open() throws Exception;

    @Override
    ConversationStore holding(List<Conversation> conversations) throws Exception {
        put(conversations.toArray(Conversation[]::new));
        return open();
    }

    private List<Change> put(Conversation... conversations) throws Exception {
        var changes = new ArrayList<Change>();
        try (ConversationStore store = open(); Writer writer = store.write()) {
            for (Conversation conversation : conversations) {
                changes.add(writer.put(conversation));
            }
            writer.commit();
        }
        return changes;
    }

    private Conversation stored(String id) throws Exception {
        try (ConversationStore store = open()) {
            return store.get(id).orElseThrow();
        }
    }

    @Test
    void whatIsNotCommittedIsNotKept() throws Exception {
        put(Calls.full("before"));
        try (ConversationStore store = open()) {
            try (Writer writer = store.write()) {
                assertEquals(Change.ADDED, writer.put(Calls.full("kept")));
                writer.commit();
                assertEquals(Change.ADDED, writer.put(Calls.full("dropped")));
                assertTrue(writer.delete("before"));
                assertTrue(store.find("before").isPresent(), "not visible before the commit");
                assertEquals(Optional.empty(), store.find("dropped"));
            }
            assertTrue(store.find("before").isPresent());
            assertTrue(store.find("kept").isPresent());
            assertEquals(Optional.empty(), store.find("dropped"));
        }
    }

    @Test
    void puttingTheSameAgainChangesNothing() throws Exception {
        Conversation full = Calls.full("c1");
        Conversation fine = Calls.change("fine", "{\"created_at\": \"2026-11-22T12:00:00.123456789Z\", \"updated_at\": null}");
        assertEquals(List.of(Change.ADDED, Change.ADDED, Change.UNCHANGED), put(full, fine, full));
        assertEquals(List.of(Change.UNCHANGED, Change.UNCHANGED), put(full, fine));
        assertEquals(List.of(Change.UNCHANGED), put(stored("c1")));
    }

    @Test
    void theOrderOfKeysIsNoChange() throws Exception {
        put(Calls.change("c1", "{\"custom_metadata\": {\"a\": 1, \"b\": {\"c\": 2, \"d\": 3}}}"));
        assertEquals(List.of(Change.UNCHANGED), put(Calls.change("c1", "{\"custom_metadata\": {\"b\": {\"d\": 3, \"c\": 2}, \"a\": 1}}")));
    }

    @Test
    void theNewerRecordWins() throws Exception {
        put(at("c1", "2026-11-22T12:10:00Z", "\"summary\": \"second\""));
        assertEquals(List.of(Change.STALE), put(at("c1", "2026-11-22T12:09:59Z", "\"summary\": \"first\"")));
        assertEquals("second", stored("c1").summary());
        assertEquals(List.of(Change.UPDATED), put(at("c1", "2026-11-22T12:10:01Z", "\"summary\": \"third\"")));
        assertEquals("third", stored("c1").summary());
    }

    @Test
    void ofEquallyOldRecordsTheLaterPutWins() throws Exception {
        put(at("c1", "2026-11-22T12:10:00Z", "\"summary\": \"one\""));
        assertEquals(List.of(Change.UPDATED), put(at("c1", "2026-11-22T12:10:00Z", "\"summary\": \"two\"")));
        assertEquals("two", stored("c1").summary());
    }

    @Test
    void aTerminalStatusNeverReopens() throws Exception {
        put(at("c1", "2026-11-22T12:10:00Z", "\"status\": \"completed\", \"duration\": 99"));
        assertEquals(
                List.of(Change.STALE),
                put(at("c1", "2026-11-22T13:00:00Z", "\"status\": \"in_progress\", \"duration\": null")));
        assertEquals(Status.COMPLETED, stored("c1").status());
        assertEquals(99, stored("c1").info().duration());
    }

    @Test
    void aTerminalStatusIsKeptAgainstAnotherWhileTheRestIsTaken() throws Exception {
        put(at("c1", "2026-11-22T12:10:00Z", "\"status\": \"transferred\", \"summary\": \"old\""));
        assertEquals(
                List.of(Change.UPDATED),
                put(at("c1", "2026-11-22T12:20:00Z", "\"status\": \"completed\", \"summary\": \"new\"")));
        assertEquals(Status.TRANSFERRED, stored("c1").status());
        assertEquals("new", stored("c1").summary());
    }

    @Test
    void aCallInProgressEnds() throws Exception {
        put(at("c1", "2026-11-22T12:10:00Z", "\"status\": \"in_progress\", \"duration\": null"));
        assertEquals(List.of(Change.UPDATED), put(at("c1", "2026-11-22T12:20:00Z", "\"status\": \"failed\"")));
        assertEquals(Status.FAILED, stored("c1").status());
    }

    @Test
    void whatTheNewerRecordLeavesOutStays() throws Exception {
        put(Calls.full("c1"));
        assertEquals(
                List.of(Change.UPDATED),
                put(at("c1", "2026-11-23T00:00:00Z",
                        "\"conversation\": null, \"custom_metadata\": null, \"summary\": \"new\", \"room_name\": null, \"tags\": [\"z\"]")));
        Conversation stored = stored("c1");
        assertNotNull(stored.transcript());
        assertNotNull(stored.customMetadata());
        assertEquals("call-c1", stored.info().roomName());
        assertEquals("new", stored.summary());
        assertEquals("{\"priority\":3,\"tags\":[\"z\"]}", stored.extra().toString());
    }

    @Test
    void aNumberThatChangesIsFoundUnderTheNewOneOnly() throws Exception {
        put(Calls.call("c1", Calls.ANNA, Status.IN_PROGRESS, Calls.NOON));
        put(at("c1", "2026-11-23T00:00:00Z", "\"user_id\": \"" + Calls.BEN + "\", \"status\": \"in_progress\""));
        try (ConversationStore store = open()) {
            assertEquals(List.of(), ids(store, filter(new dev.agentassist.conversation.PhoneNumber(Calls.ANNA))));
            assertEquals(List.of("c1"), ids(store, filter(new dev.agentassist.conversation.PhoneNumber(Calls.BEN))));
        }
    }

    @Test
    void deletingTellsWhetherThereWasSomething() throws Exception {
        put(Calls.full("c1"), Calls.full("c2"));
        try (ConversationStore store = open(); Writer writer = store.write()) {
            assertTrue(writer.delete("c1"));
            assertFalse(writer.delete("c1"));
            assertFalse(writer.delete("c%"));
            writer.commit();
        }
        try (ConversationStore store = open()) {
            assertEquals(List.of("c2"), ids(store, ConversationFilter.ALL));
        }
    }

    @Test
    void halfAnEmojiIsStoredAndTheSameWhenItComesAgain() throws Exception {
        Conversation broken = Calls.change("c1", "{\"summary\": \"cut \\ud83d\", \"custom_metadata\": {\"\\udc00\": \"\\ud83d\\ud83d\\ude00\"}}");
        assertEquals(List.of(Change.ADDED, Change.UNCHANGED), put(broken, broken));
        assertEquals("cut \ufffd", stored("c1").summary());
    }

    private static Conversation at(String id, String updated, String fields) {
        return Calls.change(id, "{\"updated_at\": \"" + updated + "\", " + fields + "}");
    }
}
