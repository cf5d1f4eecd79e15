package dev.agentassist.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine.Model.CommandSpec;

/** An error for machines: {@code {"error": {"code", "status", "detail", "hint"}}} on one line. */
final class ErrorJson {

    private ErrorJson() {}

    /**
     * Whether errors of this command line are JSON: when its format is any kind of JSON, asked for or by default. Read
     * off the words, so that it also holds for a command line with a mistake in it.
     */
    static boolean wanted(CommandSpec spec, String[] args) {
        var option = spec.findOption("--format");
        String format = option == null ? null : option.defaultValue();
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith("--format=")) {
                format = args[i].substring("--format=".length());
            } else if (args[i].equals("--format") && i + 1 < args.length) {
                format = args[i + 1];
            }
        }
        return format == null ? ((Command) spec.userObject()).jsonByDefault() : format.startsWith("json");
    }

    static void write(Problem problem, int code, PrintStream err) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", code);
            if (problem.status() == null) {
                json.writeNullField("status");
            } else {
                json.writeNumberField("status", problem.status());
            }
            json.writeStringField("detail", problem.detail());
            json.writeStringField("hint", problem.hint());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        err.println(text);
    }
}
