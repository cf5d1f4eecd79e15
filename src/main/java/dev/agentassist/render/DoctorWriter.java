package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.check.Finding;
import dev.agentassist.config.ShownSetting;
import dev.agentassist.json.Json;
import dev.agentassist.manual.Wrap;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.terminal.Terminal.Style;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** What the doctor found: the settings that are set, then a line each with its mend, laid out for a terminal's width; or JSON. */
public final class DoctorWriter {

    private static final int COLUMN = 15;

    private final int width;
    private final BiFunction<Style, String, String> paint;

    public DoctorWriter(int width, BiFunction<Style, String, String> paint) {
        this.width = width;
        this.paint = paint;
    }

    /** Those that are set, with where each came from. */
    public String settings(List<ShownSetting> settings) {
        var out = new StringBuilder();
        for (ShownSetting setting : settings) {
            if (setting.set() && !"default".equals(setting.origin())) {
                out.append(Terminal.printable(setting.key().setting() + " = " + setting.text())).append('\n');
                rest(out, "from " + setting.origin(), 4);
            }
        }
        return out.isEmpty() ? "" : out.append('\n').toString();
    }

    public String finding(Finding finding) {
        String state = switch (finding.state()) {
            case OK -> paint.apply(Style.GOOD, "ok  ");
            case WARNING -> paint.apply(Style.WARNING, "warn");
            case FAILED -> paint.apply(Style.BAD, "FAIL");
            case NOT_SET -> paint.apply(Style.FAINT, "-   ");
        };
        var out = new StringBuilder(state).append(' ').append(String.format("%-9s ", finding.name()));
        List<String> lines = Wrap.lines(Terminal.printable(finding.detail()), Math.max(30, width - COLUMN));
        out.append(lines.getFirst()).append('\n');
        lines.subList(1, lines.size()).forEach(l -> out.append(" ".repeat(COLUMN)).append(l).append('\n'));
        if (finding.mend() != null) {
            rest(out, "→ " + finding.mend(), COLUMN);
        }
        return out.toString();
    }

    private void rest(StringBuilder out, String text, int indent) {
        for (String line : Wrap.lines(Terminal.printable(text), Math.max(30, width - indent))) {
            out.append(" ".repeat(indent)).append(line).append('\n');
        }
    }

    public String summary(List<Finding> findings) {
        long failed = count(findings, Finding.State.FAILED);
        long warnings = count(findings, Finding.State.WARNING);
        return "\n" + paint.apply(failed > 0 ? Style.BAD : warnings > 0 ? Style.WARNING : Style.GOOD, count(findings, Finding.State.OK) + " ok, "
                + warnings + (warnings == 1 ? " warning, " : " warnings, ") + failed + " failed") + ".\n";
    }

    private static long count(List<Finding> findings, Finding.State state) {
        return findings.stream().filter(f -> f.state() == state).count();
    }

    public static String json(List<ShownSetting> settings, List<Finding> findings) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("ok", count(findings, Finding.State.FAILED) == 0);
        ArrayNode all = json.putArray("settings");
        for (ShownSetting s : settings) {
            all.addObject().put("setting", s.key().setting()).put("set", s.set()).put("value", s.text()).put("from", s.origin());
        }
        ArrayNode checks = json.putArray("checks");
        for (Finding f : findings) {
            checks.addObject()
                    .put("name", f.name())
                    .put("state", f.state().name().toLowerCase(Locale.ROOT))
                    .put("detail", f.detail())
                    .put("hint", f.mend());
        }
        try {
            return Json.pretty().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }
}
