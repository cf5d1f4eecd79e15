package dev.agentassist.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.platform.PlatformApi;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The conversations of a hosted platform, read through its REST API. What the platform filters only by a part is filtered
 * again here, whole.
 */
final class PlatformStore implements ConversationStore {

    private static final String TRANSCRIPT = "conversation";

    private final PlatformApi api;

    /** Ids of those that came without the field. */
    private final Set<String> withheld = new HashSet<>();

    PlatformStore(PlatformApi api) {
        this.api = api;
    }

    @Override
    public Optional<Conversation> get(String id) {
        // A dot or two cannot stand in a path, however they are written; the platform's ids are none.
        if (id.isBlank() || id.equals(".") || id.equals("..")) {
            return Optional.empty();
        }
        try {
            JsonNode node = api.get(List.of("core", "conversations", id), Map.of());
            Conversation found = read(node);
            if (!node.has(TRANSCRIPT)) {
                withheld.add(id);
            }
            return found.id().equals(id) ? Optional.of(found) : Optional.empty();
        } catch (Failure e) {
            if (e.problem() instanceof Problem.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<ConversationInfo> find(String id) {
        return get(id).map(Conversation::info);
    }

    @Override
    public Optional<ConversationInfo> newest(PhoneNumber number, boolean activeOnly) {
        return newest(
                nodes(number.e164(), 0).filter(n -> number.e164().equals(n.path("user_id").asText(null))), activeOnly);
    }

    @Override
    public Optional<ConversationInfo> newestInRoom(String roomName, boolean activeOnly) {
        Iterator<JsonNode> pages = new PlatformPages(api, null, 0);
        // A platform that names no rooms has none to look for in all its conversations.
        if (!pages.hasNext()) {
            return Optional.empty();
        }
        JsonNode first = pages.next();
        if (!first.has("room_name")) {
            return Optional.empty();
        }
        Stream<JsonNode> all = Stream.concat(Stream.of(first), stream(pages));
        return newest(all.filter(n -> roomName.equals(n.path("room_name").asText(null))), activeOnly);
    }

    /** Of the same moment the one with the larger id. */
    private Optional<ConversationInfo> newest(Stream<JsonNode> nodes, boolean activeOnly) {
        ConversationInfo best = null;
        for (Iterator<JsonNode> each = nodes.iterator(); each.hasNext(); ) {
            ConversationInfo info = read(each.next()).info();
            if (activeOnly && !info.active()) {
                continue;
            }
            if (best != null && info.createdAt().isBefore(best.createdAt())) {
                break;
            }
            if (best == null || info.id().compareTo(best.id()) > 0) {
                best = info;
            }
        }
        return Optional.ofNullable(best);
    }

    @Override
    public Stream<ConversationInfo> list(ConversationFilter filter) {
        return conversations(filter).map(Conversation::info);
    }

    @Override
    public Stream<Conversation> read(ConversationFilter filter) {
        // Lists may come without transcripts.
        return conversations(filter).map(c -> c.transcript() == null ? get(c.id()).orElse(c) : c);
    }

    private Stream<Conversation> conversations(ConversationFilter filter) {
        boolean all = filter.equals(ConversationFilter.ALL.withLimit(filter.limit()));
        Stream<Conversation> found = nodes(filter.phone() == null ? null : filter.phone().e164(), all && filter.limit() > 0 ? filter.limit() + 1 : 0)
                .filter(n -> filter.phone() == null || filter.phone().e164().equals(n.path("user_id").asText(null)))
                .map(this::read);
        Stream<Conversation> ordered = stream(new SameMoment(found.iterator()))
                .takeWhile(c -> filter.since() == null || !c.info().createdAt().isBefore(filter.since()))
                .filter(c -> filter.admits(c.info()));
        return filter.limit() > 0 ? ordered.limit(filter.limit()) : ordered;
    }

    private Stream<JsonNode> nodes(String userId, int wanted) {
        return stream(new PlatformPages(api, userId, wanted));
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }

    private Conversation read(JsonNode node) {
        try {
            return ConversationJson.read(filled(node));
        } catch (Failure e) {
            throw Failure.badInput(
                    "The conversation " + node.path("id").asText("without an id") + " of " + api.describe() + ": " + e.problem().detail(),
                    "The platform may be newer than this program, or the key may not see that field.");
        }
    }

    /** An empty transcript is none. */
    private static JsonNode filled(JsonNode node) {
        if (node instanceof ObjectNode object && object.path(TRANSCRIPT).isObject() && object.path(TRANSCRIPT).isEmpty()) {
            ObjectNode copy = object.objectNode();
            copy.setAll(object);
            copy.set(TRANSCRIPT, JsonNodeFactory.instance.nullNode());
            return copy;
        }
        return node;
    }

    @Override
    public Writer write() {
        throw Failure.notAllowed(
                "The conversations of " + api.describe() + " can only be read.",
                "Name a store of your own to write to, as --store sqlite:calls.db.");
    }

    @Override
    public Readiness check(boolean create) {
        new PlatformPages(api, null, 1).hasNext();
        Optional<String> closed = withoutTranscripts();
        return new Readiness(
                true, "it answers and takes the key" + closed.map(why -> "; but this key gets no transcripts (" + why + ")").orElse(""), null);
    }

    /** A field that is empty says that there is none; one that is left out, that there is none or that it may not be seen. */
    @Override
    public Optional<String> whyNoTranscript(ConversationInfo conversation) {
        if (!withheld.contains(conversation.id())) {
            return Optional.empty();
        }
        String sentence = "The platform gave no transcript of " + conversation.id() + ": ";
        try {
            return withoutTranscripts().map(why -> sentence + "this key may not read transcripts (" + why + ").");
        } catch (Failure e) {
            return Optional.of(sentence + "there is none, or this key may not read it; its rights cannot be asked for.");
        }
    }

    /** Why the key gets no transcripts, or empty when it may have them. */
    private Optional<String> withoutTranscripts() {
        var scopes = new ArrayList<String>();
        JsonNode answer = api.get(List.of("admin", "members", "me", "scopes"), Map.of());
        if (answer.isArray()) {
            texts(answer, scopes);
        }
        for (String field : List.of("scopes", "permissions", "role", "roles")) {
            texts(answer.path(field), scopes);
        }
        boolean may = scopes.stream().anyMatch(PlatformStore::coversTranscripts);
        return may
                ? Optional.empty()
                : Optional.of(scopes.isEmpty() ? "it has no scopes" : "its scopes are " + String.join(", ", scopes));
    }

    /** Everything, or transcripts by name; reading conversations alone lists them. */
    private static boolean coversTranscripts(String scope) {
        String word = scope.toLowerCase(java.util.Locale.ROOT);
        return word.equals("*") || word.equals("admin") || word.equals("owner") || word.contains("transcript")
                || word.matches("(admin|conversations?)[:.]\\*");
    }

    private static void texts(JsonNode node, List<String> into) {
        if (node.isTextual()) {
            into.add(node.asText());
        }
        node.forEach(child -> texts(child, into));
    }

    @Override
    public String describe() {
        return api.describe();
    }

    @Override
    public void close() {}
}
