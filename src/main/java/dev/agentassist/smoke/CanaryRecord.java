package dev.agentassist.smoke;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.ConversationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The canary's record: in the store of the deployment where it may be written to, else in a SQLite file that is thrown away.
 */
final class CanaryRecord {

    /** The agent's id in all canaries' records: by it leftovers are found. */
    static final String AGENT = "assist-smoke";

    private final Supplier<ConversationStore> own;
    private final Function<String, ConversationStore> open;
    private final Path scratch;
    private final InstantSource clock;
    private final String id;
    private final String room;
    private Supplier<ConversationStore> store;
    private Instant created;
    private Path folder;
    private boolean over;

    /**
     * @param own the deployment's store, or null where it cannot be written to, or is not there yet
     * @param open opens a store by its URL
     * @param scratch where the one that is thrown away is made
     */
    CanaryRecord(
            Supplier<ConversationStore> own,
            Function<String, ConversationStore> open,
            Path scratch,
            InstantSource clock,
            String id,
            String room) {
        this.own = own;
        this.open = open;
        this.scratch = scratch;
        this.clock = clock;
        this.id = id;
        this.room = room;
    }

    String id() {
        return id;
    }

    /** Where it is. */
    ConversationStore store() {
        return store.get();
    }

    boolean thrownAway() {
        return folder != null;
    }

    /** Puts it as a call in progress. */
    synchronized void begin() {
        if (over) {
            throw Failure.unavailable("The canary call was broken off.", null);
        }
        created = clock.instant();
        if (own != null) {
            store = own;
            try {
                put(Status.IN_PROGRESS, List.of());
                return;
            } catch (Failure e) {
                if (!(e.problem() instanceof Problem.NotAllowed)) {
                    throw e;
                }
                // It may only be read.
            }
        }
        folder = folder();
        store = () -> open.apply("sqlite:" + folder.resolve("canary.db"));
        put(Status.IN_PROGRESS, List.of());
    }

    private Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(scratch), CanaryRoom.PREFIX);
        } catch (IOException e) {
            throw new Failure(
                    Problem.notAllowed("No store can be made in " + scratch + ".", "Check its owner and mode, or set XDG_CACHE_HOME."), e);
        }
    }

    /** The call has ended with this transcript. */
    synchronized void end(List<CanaryScript.Line> said) {
        if (!over) {
            put(Status.COMPLETED, said);
        }
    }

    private void put(Status status, List<CanaryScript.Line> said) {
        try (ConversationStore to = store.get();
                ConversationStore.Writer writer = to.write()) {
            writer.put(conversation(status, said));
            writer.commit();
        }
    }

    private Conversation conversation(Status status, List<CanaryScript.Line> said) {
        Instant now = clock.instant();
        var info = new ConversationInfo(
                id,
                null,
                Direction.INBOUND,
                Channel.WEBRTC,
                status,
                AGENT,
                AGENT,
                "Canary",
                room,
                status.active() ? null : (int) Duration.between(created, now).toSeconds(),
                (int) said.stream().filter(l -> !l.agent()).count(),
                created,
                now);
        ObjectNode metadata = Json.MAPPER.createObjectNode().put("made_by", "assist smoke");
        ObjectNode transcript = Json.MAPPER.createObjectNode();
        ArrayNode items = transcript.putArray("items");
        for (CanaryScript.Line line : said) {
            ObjectNode item = items.addObject()
                    .put("id", "item_" + items.size())
                    .put("type", "message")
                    .put("role", line.agent() ? "assistant" : "user");
            item.putArray("content").add(line.text());
            item.put("created_at", now.getEpochSecond());
        }
        return new Conversation(
                info, null, null, null, null, null, metadata, said.isEmpty() ? null : transcript, null, Json.MAPPER.createObjectNode());
    }

    /** Removes it, once. Any thread. */
    synchronized void remove() {
        over = true;
        if (folder != null) {
            delete(folder);
        } else if (created != null && store != null) {
            delete(List.of(id));
        }
        created = null;
    }

    /** Removes records and files of earlier canaries; how many. */
    int sweep(Duration olderThan) {
        Instant until = clock.instant().minus(olderThan);
        int swept = sweepFolders(until);
        if (thrownAway()) {
            return swept;
        }
        List<String> left;
        try (ConversationStore from = store.get();
                Stream<ConversationInfo> old =
                        from.list(new ConversationFilter(null, Set.of(), null, until, AGENT, 0))) {
            left = old.map(ConversationInfo::id)
                    .filter(i -> i.startsWith(CanaryRoom.PREFIX) && !i.equals(id))
                    .toList();
        }
        if (!left.isEmpty()) {
            delete(left);
        }
        return swept + left.size();
    }

    private void delete(List<String> ids) {
        try (ConversationStore from = store.get();
                ConversationStore.Writer writer = from.write()) {
            ids.forEach(writer::delete);
            writer.commit();
        }
    }

    private int sweepFolders(Instant until) {
        try (Stream<Path> all = Files.list(scratch)) {
            List<Path> old = all.filter(p -> p.getFileName().toString().startsWith(CanaryRoom.PREFIX))
                    .filter(p -> !p.equals(folder) && isOld(p, until))
                    .toList();
            old.forEach(CanaryRecord::delete);
            return old.size();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isOld(Path folder, Instant until) {
        try {
            return Files.isDirectory(folder) && Files.isWritable(folder)
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(until);
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // The next run tries again.
        }
    }
}
