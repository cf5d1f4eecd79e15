package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore.Change;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a PostgreSQL store, and what happens when several use it. */
class PostgresTroubleIT {

    private static final PhoneNumber ANNA = new PhoneNumber(Calls.ANNA);

    @TempDir
    static Path data;

    private static EmbeddedPostgres server;
    private static HeldCertificate authority;
    private static int tables;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws Exception {
        Path folder = data.resolve("pg");
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(folder)
                .setCleanDataDirectory(true)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        authority = new HeldCertificate.Builder().certificateAuthority(0).commonName("Test authority").build();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .signedBy(authority).commonName("127.0.0.1").addSubjectAlternativeName("127.0.0.1").build();
        Files.writeString(folder.resolve("server.crt"), certificate.certificatePem());
        Files.writeString(folder.resolve("server.key"), certificate.privateKeyPkcs8Pem());
        Files.setPosixFilePermissions(folder.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("pg_hba.conf"), """
                host all locked 127.0.0.1/32 scram-sha-256
                host all banned 127.0.0.1/32 reject
                host all all 127.0.0.1/32 trust
                """);
        sql("SET password_encryption = 'scram-sha-256'; CREATE ROLE locked LOGIN PASSWORD 'pass: word'; CREATE ROLE reader LOGIN");
        sql("ALTER SYSTEM SET ssl = on");
        sql("SELECT pg_reload_conf()");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void sql(String text) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static String url(String user, String parameters) {
        return "postgresql://" + user + "@127.0.0.1:" + server.getPort() + "/postgres" + parameters;
    }

    private static String table() {
        return "made" + ++tables;
    }

    private PostgresStore store(String table) {
        PostgresStore store = Databases.open(url("postgres", "?table=" + table), Databases.access(home));
        store.check(true);
        return store;
    }

    private static Problem problem(Runnable run) {
        return assertThrows(Failure.class, run::run).problem();
    }

    private Problem problem(String url, StoreAccess access) {
        try (PostgresStore store = Databases.open(url, access)) {
            return problem(() -> store.find("c1"));
        }
    }

    @Test
    void aWrongOrMissingPasswordIsNotAllowedAndNeverShown() throws Exception {
        Problem wrong = problem(url("locked", ""), Databases.access(home, "hunter2", Duration.ofSeconds(30)));
        assertInstanceOf(Problem.NotAllowed.class, wrong);
        assertFalse((wrong.detail() + wrong.hint()).contains("hunter2"));
        Problem missing = problem(url("locked", ""), Databases.access(home));
        assertInstanceOf(Problem.NotAllowed.class, missing, missing.detail());
        assertTrue(missing.hint().contains("ASSIST_STORE_KEY"), missing.hint());
        assertInstanceOf(Problem.NotAllowed.class, problem(url("banned", ""), Databases.access(home)));
    }

    @Test
    void thePasswordComesFromTheKeyTheEnvironmentOrThePasswordFile() throws Exception {
        var access = Databases.access(home, "pass: word", Duration.ofSeconds(30));
        try (PostgresStore store = Databases.open(url("locked", ""), access)) {
            assertFalse(store.check(false).ready());
        }
        var environment = new StoreAccess(
                home, Map.of("PGPASSWORD", "pass: word"), "locked", () -> null, () -> null, Duration.ofSeconds(30), null, () -> null);
        String own = "postgresql://127.0.0.1:" + server.getPort() + "/postgres";
        try (PostgresStore store = Databases.open(own, environment)) {
            assertFalse(store.check(false).ready());
        }
        Path file = home.resolve(".pgpass");
        Files.writeString(file, "127.0.0.1:" + server.getPort() + ":postgres:locked:pass\\: word\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(problem(url("locked", ""), Databases.access(home)).hint().contains("chmod 600"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (PostgresStore store = Databases.open(url("locked", ""), Databases.access(home))) {
            assertFalse(store.check(false).ready());
        }
    }

    @Test
    void aServerThatIsNotThereOrDoesNotAnswerIsUnavailable() throws Exception {
        int free;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        Problem refused = problem("postgresql://u@127.0.0.1:" + free + "/db", Databases.access(home));
        assertInstanceOf(Problem.Unavailable.class, refused);
        assertTrue(refused.detail().contains("refuses"), refused.detail());
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Problem late = problem(
                    "postgresql://u@127.0.0.1:" + silent.getLocalPort() + "/db?sslmode=disable",
                    Databases.access(home, null, Duration.ofMillis(200)));
            assertInstanceOf(Problem.Unavailable.class, late);
            assertTrue(late.detail().contains("did not answer in time"), late.detail());
        }
        Problem unknown = problem("postgresql://u@no-such-host.invalid/db", Databases.access(home));
        assertInstanceOf(Problem.Unavailable.class, unknown);
        assertTrue(unknown.detail().contains("resolved"), unknown.detail());
    }

    @Test
    void aDatabaseOrTableThatIsNotThereIsBadInput() {
        Problem database = problem("postgresql://postgres@127.0.0.1:" + server.getPort() + "/nowhere", Databases.access(home));
        assertInstanceOf(Problem.BadInput.class, database);
        Problem table = problem(url("postgres", "?table=nothing"), Databases.access(home));
        assertInstanceOf(Problem.BadInput.class, table);
        assertTrue(table.hint().contains("config check --create"), table.hint());
        try (PostgresStore store = Databases.open(url("postgres", "?table=nothing"), Databases.access(home))) {
            assertInstanceOf(Problem.BadInput.class, problem(store::write));
        }
    }

    @Test
    void checkSaysWhatItNeedsAndMakesItOnceEvenWhenSeveralAsk() throws Exception {
        String table = table();
        try (PostgresStore store = Databases.open(url("postgres", "?table=" + table), Databases.access(home))) {
            ConversationStore.Readiness missing = store.check(false);
            assertFalse(missing.ready());
            for (PostgresColumns column : PostgresColumns.values()) {
                assertTrue(missing.mend().contains(column.column()), column.column());
            }
        }
        var made = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try (PostgresStore store = Databases.open(url("postgres", "?table=" + table), Databases.access(home))) {
                        return store.check(true);
                    }
                }))
                .toList();
        for (var each : made) {
            assertTrue(each.get(2, TimeUnit.MINUTES).ready());
        }
    }

    @Test
    void whoeverMayOnlyReadCanReadAndIsToldWhenWriting() throws Exception {
        String table = table();
        try (PostgresStore store = store(table); var writer = store.write()) {
            writer.put(Calls.full("c1"));
            writer.commit();
        }
        assertInstanceOf(Problem.NotAllowed.class, problem(url("reader", "?table=" + table), Databases.access(home)));
        sql("GRANT SELECT ON " + table + " TO reader");
        try (PostgresStore store = Databases.open(url("reader", "?table=" + table), Databases.access(home))) {
            assertTrue(store.find("c1").isPresent());
            assertTrue(store.check(false).detail().contains("only read"), store.check(false).detail());
            try (var writer = store.write()) {
                assertInstanceOf(Problem.NotAllowed.class, problem(() -> writer.put(Calls.full("c2"))));
            }
        }
        try (PostgresStore store = Databases.open(url("reader", "?table=forbidden"), Databases.access(home))) {
            sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            assertInstanceOf(Problem.NotAllowed.class, problem(() -> store.check(true)));
        }
    }

    @Test
    void aTeamsOwnTableIsReadThroughAView() throws Exception {
        sql("""
            CREATE TABLE crm_call (nr bigint, caller text, started timestamptz, words jsonb, state text);
            INSERT INTO crm_call VALUES
              (7, '+14155550132', '2026-11-22 12:00:00Z', '[{"role": "user", "content": "hello"}]', 'done'),
              (8, '+14155550132', '2026-11-22 13:00:00Z', NULL, 'live');
            CREATE VIEW crm_view AS SELECT nr::text AS id, caller AS user_id, started AS created_at, started AS updated_at,
              words AS conversation, CASE state WHEN 'live' THEN 'in_progress' ELSE 'completed' END AS status FROM crm_call""");
        try (PostgresStore store = Databases.open(url("postgres", "?table=crm_view"), Databases.access(home))) {
            assertTrue(store.check(false).ready(), store.check(false).detail());
            assertEquals("8", store.newest(ANNA, false).orElseThrow().id());
            assertEquals("[{\"role\":\"user\",\"content\":\"hello\"}]", store.get("7").orElseThrow().transcript().toString());
            assertEquals(List.of("8", "7"), StoreContract.ids(store, ConversationFilter.ALL));
            assertEquals(List.of(), StoreContract.ids(store, new ConversationFilter(null, Set.of(), null, null, "x", 0)));
            assertTrue(store.newestInRoom("r", false).isEmpty());
            Problem written = problem(store::write);
            assertInstanceOf(Problem.NotAllowed.class, written);
            assertTrue(written.detail().contains("view"), written.detail());
        }
        sql("CREATE VIEW crm_bad AS SELECT nr AS id, state AS status, started::timestamp AS created_at FROM crm_call");
        try (PostgresStore store = Databases.open(url("postgres", "?table=crm_bad"), Databases.access(home))) {
            ConversationStore.Readiness bad = store.check(false);
            assertFalse(bad.ready());
            assertTrue(bad.detail().contains("id is bigint") && bad.detail().contains("updated_at"), bad.detail());
            assertInstanceOf(Problem.BadInput.class, problem(() -> store.find("7")));
        }
        sql("CREATE VIEW crm_raw AS SELECT nr::text AS id, state AS status, started AS created_at, started AS updated_at FROM crm_call");
        try (PostgresStore store = Databases.open(url("postgres", "?table=crm_raw"), Databases.access(home))) {
            Problem status = problem(() -> store.find("7"));
            assertInstanceOf(Problem.BadInput.class, status);
            assertTrue(status.detail().contains("done"), status.detail());
        }
    }

    @Test
    void aRowThatSomebodyHoldsIsWaitedForAndThenUnavailable() throws Exception {
        String table = table();
        try (PostgresStore store = store(table); var writer = store.write()) {
            writer.put(Calls.full("c1"));
            writer.commit();
        }
        try (Connection other = server.getPostgresDatabase().getConnection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM " + table + " FOR UPDATE");
            var hasty = Databases.access(home, null, Duration.ofMillis(400));
            try (PostgresStore store = Databases.open(url("postgres", "?table=" + table), hasty); var writer = store.write()) {
                Problem locked = problem(() -> writer.put(Calls.change("c1", "{\"summary\": \"other\"}")));
                assertInstanceOf(Problem.Unavailable.class, locked);
                assertTrue(locked.detail().contains("locked"), locked.detail());
            }
            other.rollback();
        }
    }

    @Test
    void ofTwoImportersOfTheSameCallsTheNewerRecordsWinWhoeverIsFirst() throws Exception {
        String table = table();
        store(table).close();
        List<Conversation> older = new ArrayList<>();
        List<Conversation> newer = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String end = i % 2 == 0 ? "completed" : "in_progress";
            older.add(Calls.change("c" + i, "{\"updated_at\": \"2026-11-22T12:10:00Z\", \"summary\": \"older\", \"status\": \"in_progress\"}"));
            newer.add(Calls.change("c" + i, "{\"updated_at\": \"2026-11-22T12:20:00Z\", \"summary\": \"newer\", \"status\": \"" + end + "\"}"));
        }
        var barrier = new CyclicBarrier(2);
        var imports = List.of(older, newer).stream()
                .map(calls -> CompletableFuture.runAsync(() -> write(table, calls, barrier), own -> Thread.ofPlatform().start(own)))
                .toList();
        for (var each : imports) {
            each.get(3, TimeUnit.MINUTES);
        }
        try (PostgresStore store = Databases.open(url("postgres", "?table=" + table), Databases.access(home))) {
            for (int i = 0; i < 400; i++) {
                Conversation stored = store.get("c" + i).orElseThrow();
                    assertEquals(i % 2 == 0 ? Status.COMPLETED : Status.IN_PROGRESS, stored.status(), "c" + i);
                assertEquals("newer", stored.summary(), "c" + i);
            }
        }
    }

    private void write(String table, List<Conversation> calls, CyclicBarrier barrier) {
        try (PostgresStore store = Databases.open(url("postgres", "?table=" + table), Databases.access(home, null, Duration.ofMinutes(2)))) {
            barrier.await(1, TimeUnit.MINUTES);
            for (int i = 0; i < calls.size(); i += 20) {
                // Short transactions, so that the two go through each other.
                try (var writer = store.write()) {
                    writer.putAll(calls.subList(i, i + 20));
                    writer.commit();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void severalWithTheSameIdInOneGoAreTakenInTheirOrder() {
        try (PostgresStore store = store(table()); var writer = store.write()) {
            assertEquals(
                    List.of(Change.ADDED, Change.ADDED, Change.UPDATED, Change.STALE),
                    writer.putAll(List.of(
                            Calls.change("a", "{\"updated_at\": \"2026-11-22T12:10:00Z\"}"),
                            Calls.full("b"),
                            Calls.change("a", "{\"updated_at\": \"2026-11-22T12:20:00Z\", \"summary\": \"x\"}"),
                            Calls.change("a", "{\"updated_at\": \"2026-11-22T12:15:00Z\", \"summary\": \"y\"}"))));
        }
    }

    @Test
    void aConnectionCutInTheMiddleOfAnImportLeavesNothingOfIt() throws Exception {
        String table = table();
        try (PostgresStore store = store(table); var writer = store.write()) {
            writer.put(Calls.full("before"));
            writer.commit();
            writer.put(Calls.full("lost"));
            sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'assist' AND state LIKE 'idle in%'");
            assertInstanceOf(Problem.Unavailable.class, problem(() -> {
                writer.put(Calls.full("lost too"));
                writer.commit();
            }));
        }
        try (PostgresStore store = store(table)) {
            assertEquals(List.of("before"), StoreContract.ids(store, ConversationFilter.ALL));
        }
    }

    @Test
    void theNewestOfANumberAndListsAreFoundAlongAnIndex() throws Exception {
        String table = table();
        try (PostgresStore store = store(table); var writer = store.write()) {
            writer.putAll(IntStream.range(0, 5000).mapToObj(ManyCalls::call).toList());
            writer.commit();
        }
        sql("ANALYZE " + table);
        String newest = "SELECT * FROM " + table + " WHERE user_id = '" + ManyCalls.BUSY_CALLER + "'";
        for (String query : List.of(
                newest + " ORDER BY created_at DESC, id DESC" + " LIMIT 1",
                newest + " AND " + PostgresTable.ACTIVE + " ORDER BY created_at DESC, id DESC" + " LIMIT 1",
                list(table, ConversationFilter.ALL),
                list(table, new ConversationFilter(null, Set.of(Status.FAILED), null, null, null, 0)),
                list(table, new ConversationFilter(null, Set.of(Status.FAILED, Status.COMPLETED), null, null, null, 0)))) {
            String plan = plan(query);
            assertTrue(plan.contains("Index Scan Backward") && !plan.contains("Sort  "), plan);
        }
    }

    private static String list(String name, ConversationFilter filter) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            PostgresTable table = PostgresTable.find(connection, PostgresUrl.parse(url("postgres", "?table=" + name))).orElseThrow();
            return PostgresQuery.of(table, PostgresColumns.INFO, filter).sql();
        }
    }

    private static String plan(String query) throws Exception {
        var plan = new StringBuilder();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL cursor_tuple_fraction = 0.001; SET LOCAL enable_sort = off");
            try (ResultSet rows = statement.executeQuery("EXPLAIN DECLARE c CURSOR FOR " + query)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            connection.rollback();
        }
        return plan.toString();
    }

    @Test
    void theServersCertificateIsCheckedAgainstTheGivenAuthority() throws Exception {
        Path ours = Files.writeString(home.resolve("ca.pem"), authority.certificatePem());
        Path others = Files.writeString(
                home.resolve("other.pem"),
                new HeldCertificate.Builder().certificateAuthority(0).build().certificatePem());
        String table = table();
        store(table).close();
        try (PostgresStore store = Databases.open(url("postgres", "?table=" + table), trusting(ours))) {
            assertTrue(store.check(false).ready());
        }
        Problem stranger = problem(url("postgres", "?table=" + table), trusting(others));
        assertInstanceOf(Problem.Unavailable.class, stranger);
        assertTrue(stranger.detail().contains("TLS"), stranger.detail());
        Problem name = problem("postgresql://postgres@localhost:" + server.getPort() + "/postgres", trusting(ours));
        assertTrue(name.detail().contains("TLS"), name.detail());
        assertTrue(problem(url("postgres", "?sslmode=verify-full&table=" + table), Databases.access(home)).detail().contains("TLS"));
        try (PostgresStore store = Databases.open(url("postgres", "?sslmode=require&table=" + table), Databases.access(home))) {
            assertTrue(store.check(false).ready());
        }
    }

    private StoreAccess trusting(Path authorities) {
        return new StoreAccess(
                home, Map.of(), "nobody", () -> null, () -> null, Duration.ofSeconds(30), authorities, () -> null);
    }

    @Test
    void aDatabaseWithoutUnicodeIsNamedAsSuch() throws Exception {
        sql("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        String latin = "postgresql://postgres@127.0.0.1:" + server.getPort() + "/latin";
        try (PostgresStore store = Databases.open(latin, Databases.access(home))) {
            store.check(true);
            try (var writer = store.write()) {
                Problem encoding = problem(() -> writer.put(Calls.full("c1")));
                assertInstanceOf(Problem.BadInput.class, encoding);
                assertTrue(encoding.detail().contains("UTF8"), encoding.detail());
            }
        }
    }
}
