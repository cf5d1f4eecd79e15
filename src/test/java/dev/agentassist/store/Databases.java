package dev.agentassist.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Opens PostgreSQL stores of tests. */
final class Databases {

    private Databases() {}

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
