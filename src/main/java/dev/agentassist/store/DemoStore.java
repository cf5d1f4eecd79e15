package dev.agentassist.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.json.JsonTree;
import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The bundled sample calls, one JSON object a line. Only lines that hold the text that is looked for are parsed, since one
 * of the calls is long and a first brief should be quick. Their times are fixed: the same command prints the same.
 */
final class DemoStore implements ConversationStore {

    static final String RESOURCE = "/dev/agentassist/demo/conversations.jsonl";

    private static final Comparator<Conversation> NEWEST_FIRST = (a, b) -> {
        int byTime = b.info().createdAt().compareTo(a.info().createdAt());
        return byTime != 0 ? byTime : b.id().compareTo(a.id());
    };

    private final Supplier<InputStream> resource;
    private final Map<String, Conversation> parsed = new HashMap<>();
    private byte[] bytes;

    DemoStore(Supplier<InputStream> resource) {
        this.resource = resource;
    }

    @Override
    public Optional<Conversation> get(String id) {
        return holding(id).filter(c -> c.id().equals(id)).findFirst();
    }

    @Override
    public Optional<ConversationInfo> find(String id) {
        return get(id).map(Conversation::info);
    }

    @Override
    public Optional<ConversationInfo> newest(PhoneNumber number, boolean activeOnly) {
        return newest(number.e164(), i -> number.e164().equals(i.userId()), activeOnly);
    }

    @Override
    public Optional<ConversationInfo> newestInRoom(String roomName, boolean activeOnly) {
        return newest(roomName, i -> roomName.equals(i.roomName()), activeOnly);
    }

    private Optional<ConversationInfo> newest(String text, Predicate<ConversationInfo> is, boolean activeOnly) {
        return holding(text)
                .sorted(NEWEST_FIRST)
                .map(Conversation::info)
                .filter(i -> is.test(i) && (i.active() || !activeOnly))
                .findFirst();
    }

    @Override
    public Stream<ConversationInfo> list(ConversationFilter filter) {
        return read(filter).map(Conversation::info);
    }

    @Override
    public Stream<Conversation> read(ConversationFilter filter) {
        Stream<Conversation> all = new String(bytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank())
                .map(this::parse)
                .filter(c -> filter.admits(c.info()))
                .sorted(NEWEST_FIRST);
        return filter.limit() > 0 ? all.limit(filter.limit()) : all;
    }

    @Override
    public Writer write() {
        throw Failure.notAllowed("The sample calls cannot be changed.", "Leave out --demo to use a store of your own.");
    }

    @Override
    public String describe() {
        return "the bundled sample calls";
    }

    @Override
    public void close() {}

    /** Those whose line holds the text, in whatever field. */
    private Stream<Conversation> holding(String text) {
        byte[] all = bytes();
        // Bytes as characters: to decode all of them would take longer than to look for the text.
        String raw = new String(all, StandardCharsets.ISO_8859_1);
        String written = new String(JsonStringEncoder.getInstance().quoteAsUTF8(text), StandardCharsets.ISO_8859_1);
        var found = new ArrayList<Conversation>();
        for (int at = raw.indexOf(written); at >= 0; ) {
            int start = raw.lastIndexOf('\n', at) + 1;
            int end = raw.indexOf('\n', at);
            end = end < 0 ? raw.length() : end;
            found.add(parse(new String(all, start, end - start, StandardCharsets.UTF_8)));
            at = raw.indexOf(written, end);
        }
        return found.stream();
    }

    private Conversation parse(String line) {
        return parsed.computeIfAbsent(line, l -> {
            try {
                return ConversationJson.read(JsonTree.read(l));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A bundled sample call is not JSON.", e);
            }
        });
    }

    private byte[] bytes() {
        if (bytes == null) {
            try (InputStream in = resource.get()) {
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes;
    }
}
