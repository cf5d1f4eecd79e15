package dev.agentassist.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * What opening a store may need besides its URL. What costs something is a supplier, asked only by the kind of store that
 * needs it: fetching a key can run a command, and the HTTP client loads hundreds of classes.
 *
 * @param home what a leading {@code ~} in a path stands for
 * @param environment the process's, for what PostgreSQL's programs read ({@code PGPASSFILE})
 * @param user the operating system's user
 * @param key the database's password or the platform's key, or null
 * @param organization for a {@code pat_…} key, or null
 * @param timeout how long to wait for an answer or a lock
 * @param caFile PEM certificates to trust besides the system's, or null
 */
public record StoreAccess(
        Path home,
        Map<String, String> environment,
        String user,
        Supplier<String> key,
        Supplier<String> organization,
        Duration timeout,
        Path caFile,
        Supplier<OkHttpClient> http) {}
