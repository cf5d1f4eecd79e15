package dev.agentassist.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.token.AuditFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Who transferred which call when, and how long each stage took: JSON Lines, only ever appended to. A transfer whose
 * beginning cannot be logged does not happen. Neither number is in it.
 */
public final class TransferLog {

    /**
     * What is the same in every line of a transfer.
     *
     * @param id of the transfer
     * @param conversationId or null
     */
    public record About(String id, String who, String conversationId, String room, String mode) {}

    private final AuditFile file;

    public TransferLog(Path path) {
        this.file = new AuditFile(path);
    }

    public void began(Instant at, About about) {
        write(line(at, "began", about));
    }

    public void ended(Instant at, About about, Transfer.Result result) {
        ObjectNode line = line(at, result.end().name().toLowerCase(java.util.Locale.ROOT), about);
        line.put("why", result.why().label()).put("because", result.because());
        ObjectNode stages = line.putObject("stages_ms");
        result.stages().forEach(stage -> stages.put(stage.state().label(), stage.lasted().toMillis()));
        write(line);
    }

    /** Brought back by somebody else than the process that had begun it: {@code swept} or {@code cancelled}. */
    public void undone(Instant at, String event, About about, boolean restored) {
        write(line(at, event, about).put("restored", restored));
    }

    private static ObjectNode line(Instant at, String event, About about) {
        return Json.MAPPER.createObjectNode()
                .put("at", at.toString())
                .put("event", event)
                .put("transfer_id", about.id())
                .put("who", about.who())
                .put("conversation_id", about.conversationId())
                .put("room_name", about.room())
                .put("mode", about.mode());
    }

    private void write(ObjectNode line) {
        file.append(
                (line + "\n").getBytes(StandardCharsets.UTF_8), "The transfer audit log", "No transfer begins without its line there");
    }
}
