package dev.agentassist.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit has done so far, line by line beside its output, so that a run that was killed goes on where it was: a
 * header, then for each run a mark and its rows in the store's order, and the model's answers as they came. A torn last
 * line is cut off.
 */
final class Journal implements AutoCloseable {

    private static final String HEADER = "audit_journal";
    private static final String SEGMENT = "segment";
    private static final String ANSWERS = "answers_for";
    private static final int VERSION = 1;
    /** Rows between two waits for the disk. A row that is lost is examined again, an answer is paid for. */
    private static final int SYNC_EVERY = 500;
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileChannel file;
    private final Scope scope;
    private final String policyLabel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final IdSet done;
    /** For calls that failed in some run, the number of the run that had them last. */
    private final Map<String, Integer> failed;
    private final Map<String, Map<String, Questions.Answer>> answers;
    private final List<Long> segments;
    private int unsynced;

    private Journal(Path path, FileChannel file, Scope scope, String policyLabel, Past past) {
        this.path = path;
        this.file = file;
        this.scope = scope;
        this.policyLabel = policyLabel;
        this.done = past.done;
        this.failed = past.failed;
        this.answers = past.answers;
        this.segments = past.segments;
    }

    /** What earlier runs left. */
    private static final class Past {
        private final IdSet done = new IdSet();
        private final Map<String, Integer> failed = new HashMap<>();
        private final Map<String, Map<String, Questions.Answer>> answers = new HashMap<>();
        private final List<Long> segments = new ArrayList<>();
        private Scope scope;
        private long length;
    }

    static Path beside(Path output) {
        return output.resolveSibling("." + output.getFileName() + ".journal");
    }

    /** Whether an unfinished run lies beside an output. */
    static boolean exists(Path output) {
        return Files.exists(beside(output));
    }

    /**
     * Opens the journal of an output: the one that is there when {@code resume}, else a new one.
     *
     * @param scope of this run; on resuming, the times of the first run hold
     */
    static Journal open(Path path, Scope scope, String policyLabel, boolean resume) {
        try {
            Past past = new Past();
            if (resume && Files.exists(path)) {
                past = read(path);
                if (past.scope != null && !(past.scope.text().equals(scope.text()) && past.scope.policy().equals(scope.policy()))) {
                    throw Failure.badInput(
                            "The unfinished run beside the output was of another " + (past.scope.text().equals(scope.text()) ? "policy." : "choice of calls."),
                            "Give the same options again, or leave --resume out to start anew.");
                }
            }
            FileChannel file = create(path);
            file.truncate(past.length);
            file.position(past.length);
            var journal = new Journal(path, file, past.scope == null ? scope : past.scope, policyLabel, past);
            if (past.scope == null) {
                journal.append(header(scope));
            }
            journal.segments.add(journal.position());
            journal.append("{\"" + SEGMENT + "\":" + journal.segments.size() + "}");
            journal.sync();
            return journal;
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static FileChannel create(Path path) throws IOException {
        if (!Files.exists(path) && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Failure failed(Path path, IOException e) {
        return new Failure(
                Problem.badInput(
                        "The audit's journal " + path + " cannot be written"
                                + (e.getMessage() == null ? "." : " (" + e.getMessage().replace(path + ": ", "") + ")."),
                        "Make room or mend the permission, and go on with --resume: what is done is kept."),
                e);
    }

    /** Its times are those of the first run. */
    Scope scope() {
        return scope;
    }

    /** Whether a call was examined without an error before. */
    boolean isDone(String conversationId) {
        return done.contains(conversationId);
    }

    int doneBefore() {
        return done.size();
    }

    /** What the model answered about a call before a run was killed. */
    synchronized Optional<Map<String, Questions.Answer>> answers(String conversationId) {
        return Optional.ofNullable(answers.get(conversationId));
    }

    /** Keeps answers that were paid for; returns when the disk has them. */
    synchronized void answered(String conversationId, Map<String, Questions.Answer> given) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put(ANSWERS, conversationId);
        ObjectNode all = node.putObject("answers");
        given.forEach((rule, answer) -> {
            ObjectNode one = all.putObject(rule);
            one.put("reply", answer.reply().name());
            answer.turns().forEach(one.withArray("turns")::add);
        });
        append(node.toString());
        sync();
    }

    synchronized void row(AuditRow row) {
        failed.computeIfPresent(row.conversationId(), (id, run) -> segments.size());
        append(AuditRowJson.line(row, policyLabel));
        if (++unsynced >= SYNC_EVERY) {
            sync();
        }
    }

    private void append(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (bytes.length > buffer.remaining()) {
                flush();
            }
            if (bytes.length > buffer.capacity()) {
                write(ByteBuffer.wrap(bytes));
            } else {
                buffer.put(bytes);
            }
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private long position() throws IOException {
        return file.position() + buffer.position();
    }

    private void flush() throws IOException {
        buffer.flip();
        write(buffer);
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    synchronized void sync() {
        try {
            flush();
            file.force(false);
            unsynced = 0;
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** All rows of all runs, newest call first; of a call that was examined again, the last. */
    synchronized MergedRows rows() throws IOException {
        sync();
        return new MergedRows(path, segments, file.size(), failed);
    }

    /** Closes it and removes it: the output is complete. */
    void remove() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() {
        try {
            flush();
            file.close();
        } catch (IOException e) {
            // What is not in it is done again.
        }
    }

    private static String header(Scope scope) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put(HEADER, VERSION);
        node.put("scope", scope.text());
        node.put("policy", scope.policy());
        node.put("since", scope.since() == null ? null : scope.since().toString());
        node.put("until", scope.until() == null ? null : scope.until().toString());
        return node.toString();
    }

    private static Past read(Path path) throws IOException {
        var past = new Past();
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            long at = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long end = at + line.getBytes(StandardCharsets.UTF_8).length + 1;
                if (end > Files.size(path) || !take(past, line, at)) {
                    break;
                }
                at = end;
                past.length = end;
            }
        } catch (java.nio.charset.CharacterCodingException e) {
            // Torn in the middle of a character: what is before it was read.
        }
        return past;
    }

    /** Returns false at a torn line. */
    private static boolean take(Past past, String line, long at) {
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return false;
        }
        if (node == null || !node.isObject()) {
            return false;
        }
        if (past.scope == null) {
            if (node.path(HEADER).asInt() != VERSION) {
                return false;
            }
            past.scope = new Scope(
                    node.path("scope").asText(), node.path("policy").asText(), instant(node, "since"), instant(node, "until"));
        } else if (node.has(SEGMENT)) {
            past.segments.add(at);
        } else if (node.has(ANSWERS)) {
            past.answers.put(node.path(ANSWERS).asText(), answers(node.path("answers")));
        } else {
            String id = node.path("conversation_id").asText();
            if (node.path("error").isTextual()) {
                past.failed.put(id, past.segments.size());
            } else {
                past.done.add(id);
                past.failed.computeIfPresent(id, (i, run) -> past.segments.size());
                past.answers.remove(id);
            }
        }
        return true;
    }

    private static Map<String, Questions.Answer> answers(JsonNode node) {
        var answers = new HashMap<String, Questions.Answer>();
        node.properties().forEach(e -> {
            var turns = new ArrayList<Integer>();
            e.getValue().path("turns").forEach(t -> turns.add(t.asInt()));
            answers.put(e.getKey(), new Questions.Answer(Questions.Reply.valueOf(e.getValue().path("reply").asText()), turns));
        });
        return answers;
    }

    private static Instant instant(JsonNode node, String name) {
        return node.path(name).isTextual() ? Instant.parse(node.path(name).asText()) : null;
    }
}
