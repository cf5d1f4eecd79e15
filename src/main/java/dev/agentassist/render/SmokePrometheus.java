package dev.agentassist.render;

import java.util.Locale;

/** Gauges in Prometheus' text format. */
final class SmokePrometheus {

    private static final String PREFIX = "agent_assist_smoke_";

    private final StringBuilder out = new StringBuilder();

    void gauge(String name, String help) {
        out.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
    }

    void value(String name, String labels, Object value) {
        out.append(PREFIX).append(name).append(labels.isEmpty() ? "" : "{" + labels + "}").append(' ').append(value).append('\n');
    }

    /** One that was not measured is left out. */
    void seconds(String name, String help, Double millis) {
        if (millis != null) {
            gauge(name, help);
            value(name, "", String.format(Locale.ROOT, "%.6f", millis / 1000));
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
