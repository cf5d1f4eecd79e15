package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.manual.Wrap;
import dev.agentassist.problem.Problem;
import dev.agentassist.smoke.CheckResult;
import dev.agentassist.smoke.SmokeReport;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.terminal.Terminal.Style;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** What a canary call proved: a line a check for people, JSON, JUnit's XML, or figures for Prometheus. */
public final class SmokeWriter {

    public static final List<String> NAMES = List.of("text", "json", "junit", "prometheus");

    private static final int COLUMN = 17;

    private SmokeWriter() {}

    /** @param width columns to lay out for */
    public static String text(SmokeReport report, int width, BiFunction<Style, String, String> paint) {
        var out = new StringBuilder();
        for (CheckResult result : report.results()) {
            String state = switch (result.state()) {
                case PASSED -> paint.apply(Style.GOOD, "ok     ");
                case FAILED -> paint.apply(Style.BAD, "FAILED ");
                case SKIPPED -> paint.apply(Style.FAINT, "skipped");
            };
            out.append(state).append(' ').append(String.format("%-8s ", result.check().wire()));
            column(out, result.detail(), width, true);
            if (result.mend() != null) {
                column(out, result.mend(), width, false);
            }
        }
        long passed = report.count(CheckResult.State.PASSED);
        long failed = report.count(CheckResult.State.FAILED);
        long skipped = report.count(CheckResult.State.SKIPPED);
        out.append('\n').append(paint.apply(report.passed() ? Style.GOOD : Style.BAD, report.passed() ? "All well" : "Not well"));
        out.append(": ").append(passed).append(" passed, ").append(failed).append(" failed, ").append(skipped).append(" skipped; ");
        out.append(Terminal.printable(report.server()));
        if (report.serverVersion() != null && !report.serverVersion().isEmpty()) {
            out.append(" (LiveKit ").append(Terminal.printable(report.serverVersion())).append(')');
        }
        return out.append(", took ").append(seconds(report.took())).append(" s.\n").toString();
    }

    private static void column(StringBuilder out, String text, int width, boolean first) {
        String indent = " ".repeat(COLUMN);
        boolean begun = first;
        for (String line : Wrap.lines(Terminal.printable(text), Math.max(30, width - COLUMN))) {
            out.append(begun ? "" : indent).append(line).append('\n');
            begun = false;
        }
    }

    public static String json(SmokeReport report) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("ok", report.passed());
        json.put("server", report.server());
        json.put("server_version", report.serverVersion());
        json.put("room", report.room());
        json.put("started_at", report.started().toString());
        json.put("duration_seconds", report.took().toMillis() / 1000.0);
        ArrayNode checks = json.putArray("checks");
        for (CheckResult result : report.results()) {
            checks.addObject()
                    .put("name", result.check().wire())
                    .put("state", result.state().name().toLowerCase(Locale.ROOT))
                    .put("detail", result.detail())
                    .put("hint", result.mend())
                    .put("duration_seconds", result.took().toMillis() / 1000.0);
        }
        SmokeReport.Figures f = report.figures();
        json.putObject("figures")
                .put("connect_ms", rounded(f.connect()))
                .put("text_median_ms", rounded(f.textMedian()))
                .put("text_max_ms", rounded(f.textMost()))
                .put("sound_median_ms", rounded(f.soundMedian()))
                .put("sound_p95_ms", rounded(f.soundP95()))
                .put("sound_packets_sent", f.packetsSent())
                .put("sound_packets_heard", f.packetsHeard())
                .put("media_path", f.mediaPath());
        if (report.problem() != null) {
            json.putObject("problem").put("detail", report.problem().detail()).put("hint", report.problem().hint());
        } else {
            json.putNull("problem");
        }
        try {
            return Json.pretty().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }

    private static Double rounded(Double millis) {
        return millis == null ? null : Math.round(millis * 100) / 100.0;
    }

    /** One suite, a test a check; a deployment that cannot be reached is an error of a test of its own. */
    public static String junit(SmokeReport report) {
        boolean error = report.problem() != null;
        var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"assist smoke\">\n");
        out.append("  <testsuite name=\"assist smoke\" tests=\"").append(report.results().size() + (error ? 1 : 0))
                .append("\" failures=\"").append(report.count(CheckResult.State.FAILED))
                .append("\" errors=\"").append(error ? 1 : 0)
                .append("\" skipped=\"").append(report.count(CheckResult.State.SKIPPED))
                .append("\" time=\"").append(seconds(report.took()))
                // The schema wants no zone; it is UTC.
                .append("\" timestamp=\"").append(report.started().toString(), 0, 19).append("\">\n");
        out.append("    <properties>\n");
        property(out, "server", report.server());
        property(out, "server_version", report.serverVersion());
        property(out, "room", report.room());
        property(out, "connect_ms", number(report.figures().connect()));
        property(out, "text_max_ms", number(report.figures().textMost()));
        property(out, "sound_median_ms", number(report.figures().soundMedian()));
        property(out, "media_path", report.figures().mediaPath());
        out.append("    </properties>\n");
        if (error) {
            test(out, "deployment", Duration.ZERO,
                    "<error type=\"" + (report.problem() instanceof Problem.NotAllowed ? "not_allowed" : "unavailable") + "\" message=\"" + XmlText.attribute(report.problem().detail()) + "\">"
                            + XmlText.text(detail(report.problem().detail(), report.problem().hint())) + "</error>");
        }
        for (CheckResult result : report.results()) {
            test(out, result.check().wire(), result.took(), switch (result.state()) {
                case PASSED -> "";
                case FAILED -> "<failure type=\"" + result.check().wire() + "\" message=\"" + XmlText.attribute(result.detail()) + "\">"
                        + XmlText.text(detail(result.detail(), result.mend())) + "</failure>";
                case SKIPPED -> "<skipped message=\"" + XmlText.attribute(result.detail()) + "\"/>";
            });
        }
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void property(StringBuilder out, String name, String value) {
        if (value != null) {
            out.append("      <property name=\"").append(name).append("\" value=\"").append(XmlText.attribute(value)).append("\"/>\n");
        }
    }

    private static void test(StringBuilder out, String name, Duration took, String body) {
        out.append("    <testcase classname=\"assist.smoke\" name=\"").append(name).append("\" time=\"").append(seconds(took)).append('"');
        out.append(body.isEmpty() ? "/>\n" : ">" + body + "</testcase>\n");
    }

    private static String detail(String detail, String hint) {
        return hint == null ? detail : detail + " " + hint;
    }

    /** For node_exporter's textfile collector, in Prometheus' text format 0.0.4. */
    public static String prometheus(SmokeReport report) {
        var out = new SmokePrometheus();
        out.gauge("success", "Whether all checks of the last canary call hold (1) or not (0).");
        out.value("success", "", report.passed() ? 1 : 0);
        out.gauge("reached", "Whether the deployment could be reached and used (1) or not (0).");
        out.value("reached", "", report.problem() == null ? 1 : 0);
        out.gauge("check_success", "Whether a check of the last canary call holds (1) or not (0); one that was not tried has none.");
        for (CheckResult result : report.results()) {
            if (result.state() != CheckResult.State.SKIPPED) {
                out.value(
                        "check_success",
                        "check=\"" + result.check().wire() + "\"",
                        result.state() == CheckResult.State.PASSED ? 1 : 0);
            }
        }
        SmokeReport.Figures f = report.figures();
        out.seconds("connect_seconds", "How long the listener took to be connected.", f.connect());
        out.seconds("text_latency_seconds", "How long the slowest text took from its sending to the listener.", f.textMost());
        out.seconds("sound_latency_seconds", "How long sound took from its sending to the listener (median).", f.soundMedian());
        out.gauge("sound_packets", "Packets of sound of the last canary call.");
        out.value("sound_packets", "state=\"sent\"", f.packetsSent());
        out.value("sound_packets", "state=\"heard\"", f.packetsHeard());
        out.gauge("duration_seconds", "How long the last canary call took.");
        out.value("duration_seconds", "", seconds(report.took()));
        out.gauge("last_run_timestamp_seconds", "When the last canary call began.");
        out.value("last_run_timestamp_seconds", "", report.started().getEpochSecond());
        return out.toString();
    }

    private static String number(Double value) {
        return value == null ? null : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
