package dev.agentassist.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** An error for machines: {@code {"error": {"code", "status", "detail", "hint"}}} on one line. */
final class ErrorJson {

    private ErrorJson() {}

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
