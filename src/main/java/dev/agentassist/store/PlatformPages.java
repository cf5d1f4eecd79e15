package dev.agentassist.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.platform.PlatformApi;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform's conversations page by page, newest first, each once. The cursor is the Base64 of a {@code created_at}; since
 * the last one of a page may have been made in the same moment as the first of the next, the next page begins a
 * microsecond later in time and what was seen is left out. The end is a page shorter than the limit.
 */
final class PlatformPages implements Iterator<JsonNode> {

    private static final int LIMIT = 100;

    /** Of one and the same moment; more than a page of them take larger pages. */
    private static final int LARGEST_LIMIT = 1600;

    private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?)(.*)");
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private final PlatformApi api;
    private final String userId;
    private final Queue<JsonNode> page = new ArrayDeque<>();
    private Set<String> seen = Set.of();
    private String cursor;
    private int limit;
    private boolean ended;

    /**
     * @param userId for the platform's filter, which lets through whatever holds it somewhere; or null
     * @param wanted how many will be asked for at most, or 0: a smaller page is quicker
     */
    PlatformPages(PlatformApi api, String userId, int wanted) {
        this.api = api;
        this.userId = userId;
        this.limit = wanted > 0 ? Math.min(wanted, LIMIT) : LIMIT;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !ended) {
            fetch();
        }
        return !page.isEmpty();
    }

    @Override
    public JsonNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void fetch() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("limit", Integer.toString(limit));
        if (userId != null) {
            query.put("user_id", userId);
        }
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        JsonNode items = ask(query);
        if (!items.isArray()) {
            throw Failure.badInput(
                    "The list of conversations that " + api.describe() + " answers is no array.", "Check --store: it is the address of the API.");
        }
        ended = items.size() < limit;
        Set<String> ids = new HashSet<>();
        for (JsonNode item : items) {
            String id = item.path("id").asText("");
            ids.add(id);
            if (!seen.contains(id)) {
                page.add(item);
            }
        }
        if (ended) {
            return;
        }
        if (page.isEmpty()) {
            // A whole page of one moment: it does not fit into pages of this size.
            if (limit >= LARGEST_LIMIT) {
                throw stuck();
            }
            limit *= 2;
            return;
        }
        limit = LIMIT;
        seen = ids;
        cursor = after(items.get(items.size() - 1).path("created_at").asText(""));
    }

    private JsonNode ask(Map<String, String> query) {
        try {
            return api.get(List.of("core", "conversations"), query);
        } catch (Failure e) {
            // A platform may not give larger pages.
            throw limit > LIMIT && e.problem() instanceof Problem.BadInput ? stuck() : e;
        }
    }

    private Failure stuck() {
        return Failure.badInput(
                "So many conversations of " + api.describe()
                        + " were made in the same moment that its pages do not lead past them.",
                "Narrow the list down with --phone.");
    }

    /** The cursor that lets through what was made up to and in that moment. */
    private String after(String createdAt) {
        Matcher parts = TIME.matcher(createdAt);
        try {
            if (parts.matches()) {
                var time = LocalDateTime.parse(parts.group(1).replace(' ', 'T')).plusNanos(1000);
                return Base64.getEncoder()
                        .encodeToString((WRITTEN.format(time) + parts.group(2)).getBytes(StandardCharsets.UTF_8));
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw Failure.badInput(
                "A conversation of " + api.describe() + " has no created_at by which the next page could be asked for.",
                "Check that its key may see that field.");
    }
}
