package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.check.Finding;
import dev.agentassist.json.Json;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.terminal.Terminal.Style;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** What checks found: a line each, with its mend below, or as JSON. */
public final class FindingWriter {

    private FindingWriter() {}

    public static String text(Finding finding, BiFunction<Style, String, String> paint) {
        String state = switch (finding.state()) {
            case OK -> paint.apply(Style.GOOD, "ok      ");
            case WARNING -> paint.apply(Style.WARNING, "warning ");
            case FAILED -> paint.apply(Style.BAD, "FAILED  ");
            case NOT_SET -> paint.apply(Style.FAINT, "not set ");
        };
        var text = new StringBuilder(state)
                .append(String.format("%-9s ", finding.name()))
                .append(Terminal.printable(finding.detail()))
                .append('\n');
        if (finding.mend() != null) {
            text.append(" ".repeat(18)).append(Terminal.printable(finding.mend())).append('\n');
        }
        return text.toString();
    }

    public static String json(List<Finding> findings) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("ok", findings.stream().noneMatch(f -> f.state() == Finding.State.FAILED));
        ArrayNode checks = json.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode node = checks.addObject();
            node.put("name", finding.name());
            node.put("state", finding.state().name().toLowerCase(Locale.ROOT));
            node.put("detail", finding.detail());
            node.put("hint", finding.mend());
        }
        try {
            return Json.pretty().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }
}
