package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a SQLite store: each time a sentence, and what was there stays. */
class SqliteTroubleTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("conversations.db");
        try (ConversationStore store = open(); Writer writer = store.write()) {
            writer.put(Calls.full("before"));
            writer.commit();
        }
    }

    private ConversationStore open() {
        return new SqliteStore(new SqliteFile(file, Duration.ofMillis(200)));
    }

    private void sql(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private Problem reading() {
        try (ConversationStore store = open()) {
            return assertThrows(Failure.class, () -> store.find("before")).problem();
        }
    }

    private Problem writing() {
        try (ConversationStore store = open()) {
            return assertThrows(Failure.class, () -> {
                try (Writer writer = store.write()) {
                    writer.put(Calls.full("after"));
                    writer.commit();
                }
            }).problem();
        }
    }

    private List<String> ids() {
        try (ConversationStore store = open()) {
            return StoreContract.ids(store, ConversationFilter.ALL);
        }
    }

    @Test
    void whileAnotherProcessWritesItIsLockedForWritersAndOpenToReaders() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("DELETE FROM conversation");
            Problem locked = writing();
            assertInstanceOf(Problem.Unavailable.class, locked);
            assertTrue(locked.detail().contains("locked by another process"), locked.detail());
            assertEquals(List.of("before"), ids());
            statement.execute("ROLLBACK");
        }
        assertEquals(List.of("before"), ids());
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
        sql("PRAGMA user_version = 99");
        for (Problem newer : List.of(reading(), writing())) {
            assertInstanceOf(Problem.BadInput.class, newer);
            assertTrue(newer.detail().contains("newer version") && newer.hint().contains("Update"), newer.detail());
        }
        sql("PRAGMA user_version = 1");
        assertEquals(List.of("before"), ids());
    }

    @Test
    void anotherProgramsDatabaseIsLeftAlone() throws Exception {
        file = folder.resolve("bookmarks.db");
        sql("CREATE TABLE bookmark (url TEXT)");
        byte[] before = Files.readAllBytes(file);
        assertTrue(reading().detail().contains("another program"), reading().detail());
        assertInstanceOf(Problem.BadInput.class, writing());
        assertEquals(java.util.Arrays.hashCode(before), java.util.Arrays.hashCode(Files.readAllBytes(file)));
    }

    @Test
    void whatIsNoDatabaseIsToldAsSuchAndLeftAlone() throws Exception {
        file = Files.writeString(folder.resolve("notes.txt"), "These are my notes. ".repeat(500));
        for (Problem problem : List.of(reading(), writing())) {
            assertInstanceOf(Problem.BadInput.class, problem);
            assertTrue(problem.detail().contains("not a SQLite database"), problem.detail());
        }
        assertTrue(Files.readString(file).startsWith("These are my notes."));
        file = folder;
        assertTrue(reading().detail().contains("directory"), reading().detail());
        assertInstanceOf(Problem.BadInput.class, writing());
    }

    @Test
    void aDamagedFileIsToldAsDamaged() throws Exception {
        sql("PRAGMA journal_mode = DELETE");
        byte[] bytes = Files.readAllBytes(file);
        // Past the header, so that it still looks like a store.
        java.util.Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        Problem damaged = reading();
        assertInstanceOf(Problem.BadInput.class, damaged);
        assertTrue(damaged.detail().contains("damaged"), damaged.detail());
    }

    @Test
    void ofTwoWritersOneWaitsForTheOtherAndBothAreKept() throws Exception {
        var patient = new SqliteStore(new SqliteFile(file, Duration.ofMinutes(1)));
        try (patient; Writer first = patient.write()) {
            first.put(Calls.full("first"));
            var second = new Thread(() -> {
                try (ConversationStore store = new SqliteStore(new SqliteFile(file, Duration.ofMinutes(1))); Writer writer = store.write()) {
                    writer.put(Calls.full("second"));
                    writer.commit();
                }
            });
            second.start();
            first.commit();
            second.join();
        }
        assertEquals(List.of("before", "first", "second"), ids().stream().sorted().toList());
    }
}
