package dev.agentassist.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** PostgreSQL servers to test against, real ones. */
final class Databases {

    private Databases() {}

    /** Listens on loopback only; takes the user postgres without a password. */
    static EmbeddedPostgres start() throws Exception {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }

    static String url(EmbeddedPostgres server) {
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/postgres";
    }

    static PostgresStore open(String url, StoreAccess access) {
        return new PostgresStore(new PostgresDatabase(PostgresUrl.parse(url), access));
    }

    static StoreAccess access(Path home) {
        return access(home, null, Duration.ofSeconds(30));
    }

    static StoreAccess access(Path home, String key, Duration timeout) {
        return new StoreAccess(home, Map.of(), "nobody", () -> key, () -> null, timeout, null, () -> null);
    }
}
