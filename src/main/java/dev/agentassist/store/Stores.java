package dev.agentassist.store;

import dev.agentassist.platform.PlatformAddress;
import dev.agentassist.platform.PlatformApi;
import dev.agentassist.problem.Failure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Opens a store by its URL. Nothing is connected to, read or made before the store is first used. */
public final class Stores {

    private static final String KINDS =
            "Write sqlite:PATH, postgresql://user@host/database, or a platform's https://… address.";

    private Stores() {}

    /**
     * @param url {@code sqlite:PATH}, {@code postgresql://…} or {@code https://…} ({@code http://} to this machine only)
     */
    public static ConversationStore open(String url, StoreAccess access) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "sqlite" -> new SqliteStore(new SqliteFile(path(url.substring(colon + 1), access.home()), access.timeout()));
            case "postgresql", "postgres" -> new PostgresStore(new PostgresDatabase(PostgresUrl.parse(url), access));
            case "https", "http" -> new PlatformStore(platform(url, access));
            default -> throw Failure.badInput("“" + scheme + ":…” is not a store.", KINDS);
        };
    }

    /** The REST API behind an {@code https://…} store, for what a platform does besides keeping conversations. */
    public static PlatformApi platform(String url, StoreAccess access) {
        return new PlatformApi(
                PlatformAddress.parse(url), access.key(), access.organization(), access.timeout(), access.http());
    }

    /** Whether a store's URL names a hosted platform. */
    public static boolean isPlatform(String url) {
        return url.regionMatches(true, 0, "https:", 0, 6) || url.regionMatches(true, 0, "http:", 0, 5);
    }

    /** The bundled sample calls; read-only. */
    public static ConversationStore demo() {
        return new DemoStore(() -> Stores.class.getResourceAsStream(DemoStore.RESOURCE));
    }

    private static Path path(String text, Path home) {
        if (text.isBlank() || text.startsWith("//") && !text.startsWith("///") || text.equals(":memory:")) {
            throw Failure.badInput(
                    "“sqlite:" + text + "” names no file.", "Write sqlite: and a path, as sqlite:/var/lib/calls.db or sqlite:~/calls.db.");
        }
        try {
            return (text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw Failure.badInput("“sqlite:" + text + "” is not a path.", "Write sqlite: and the path of a file.");
        }
    }
}
