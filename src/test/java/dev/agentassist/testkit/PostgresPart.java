package dev.agentassist.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server, one for all tests of a JVM, and fresh databases on it. */
public final class PostgresPart {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;

    private PostgresPart() {}

    /** One of its databases: for a store's URL, and for looking into it. */
    public record Database(String name, int port) {

        /** As the program takes it. */
        public String url() {
            return "postgresql://postgres@127.0.0.1:" + port + "/" + name;
        }

        public String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
        }

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl());
        }
    }

    /** An empty database of its own. */
    public static Database database() {
        int port = server().getPort();
        var database = new Database("test" + COUNT.incrementAndGet(), port);
        try (Connection admin = new Database("postgres", port).connect();
                var statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name());
            return database;
        } catch (SQLException e) {
            throw new AssertionError("A database cannot be made: " + e.getMessage(), e);
        }
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setPGStartupWait(Await.PATIENCE)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL cannot be started: " + e.getMessage(), e);
            }
        }
        return server;
    }
}
