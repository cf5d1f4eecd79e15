package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.transfer.Transfer;
import dev.agentassist.transfer.TransferMachine.State;
import dev.agentassist.transfer.room.Undo;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** How a transfer ended, and which ones there are. */
public final class TransferWriter {

    private TransferWriter() {}

    /** What a state means, as one sentence for the one who waits. */
    public static String sentence(State state) {
        return switch (state) {
            case HOLDING -> "Putting the caller on hold.";
            case DIALLING -> "The caller is on hold. Calling.";
            case RINGING -> "It rings.";
            case ANSWERED -> "Answered.";
            case BRIEFING -> "The human is on the line, apart from the caller.";
            case ACCEPTED -> "Accepted: connecting the two.";
            case CONNECTED -> "They hear each other.";
            case DECLINED, NO_ANSWER, BUSY, FAILED -> "Bringing the caller back to the agent.";
            case BRIDGED -> "Caller and human are connected.";
            case RESTORED -> "The caller is with the agent again.";
            case NOT_RESTORED -> "The caller could not be brought back.";
        };
    }

    /** Why it was not completed, as one sentence. */
    public static String because(Transfer.Result result) {
        if (result.because() != null) {
            return result.because();
        }
        return switch (result.why()) {
            case NO_ANSWER -> "Nobody took the call in time.";
            case BUSY -> "The line is busy.";
            case DECLINED -> "The call was declined.";
            default -> "The LiveKit server did not do its part in time.";
        };
    }

    /** One line with how long it took. */
    public static String text(Transfer.Result result) {
        Duration all = result.stages().stream().map(Transfer.Stage::lasted).reduce(Duration.ZERO, Duration::plus);
        return String.format(Locale.ROOT, "%s It took %.1f s.\n", sentence(result.end()), all.toMillis() / 1000.0);
    }

    public static String json(String id, String room, Transfer.Result result) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("transfer_id", id).put("room_name", room).put("outcome", result.end().name().toLowerCase(Locale.ROOT));
        ArrayNode stages = node.putArray("stages");
        for (Transfer.Stage stage : result.stages()) {
            stages.addObject().put("state", stage.state().label()).put("milliseconds", stage.lasted().toMillis());
        }
        return pretty(node);
    }

    /** One line a transfer under a heading. */
    public static String table(List<Undo.Found> found) {
        int wide = Math.max(4, found.stream().mapToInt(f -> Terminal.printable(f.room()).length()).max().orElse(4));
        int who = Math.max(3, found.stream().mapToInt(f -> Terminal.printable(f.mark().who()).length()).max().orElse(3));
        String format = "%-" + wide + "s  %-16s  %-20s  %-" + who + "s  %s\n";
        var text = new StringBuilder(String.format(format, "ROOM", "TRANSFER", "SINCE", "WHO", "STATE"));
        for (Undo.Found f : found) {
            text.append(String.format(
                    format,
                    Terminal.printable(f.room()),
                    f.mark().id(),
                    f.mark().since().truncatedTo(ChronoUnit.SECONDS),
                    Terminal.printable(f.mark().who()),
                    state(f)));
        }
        return text.toString();
    }

    private static String state(Undo.Found found) {
        return found.abandoned() ? "abandoned" : "under way";
    }

    public static String json(List<Undo.Found> found) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (Undo.Found f : found) {
            array.addObject()
                    .put("room_name", f.room())
                    .put("transfer_id", f.mark().id())
                    .put("who", f.mark().who())
                    .put("since", f.mark().since().toString())
                    .put("until", f.mark().until().toString())
                    .put("abandoned", f.abandoned());
        }
        return pretty(array);
    }

    private static String pretty(JsonNode node) {
        try {
            return Json.pretty().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }
}
