package dev.agentassist.conversation.format;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.time.DateTimeException;

/** Makes one record of one JSON value; remembers the shape of the last, for files hold one shape as a rule. */
final class JsonRecord {

    private final String source;
    private final FormatHints hints;
    private JsonShape last;

    JsonRecord(String source, FormatHints hints) {
        this.source = source;
        this.hints = hints;
    }

    String format() {
        return last == null ? "JSON" : last.name();
    }

    Parsed read(JsonNode node, String place) {
        try {
            JsonShape shape = shape(node);
            if (shape == null) {
                return new Parsed.Bad(place, bad("This object is in no format that is known here.", "See assist conversations import --help."));
            }
            last = shape;
            return new Parsed.Read(place, shape.read(node, hints));
        } catch (Failure e) {
            if (e.problem() instanceof Problem.BadInput problem) {
                return new Parsed.Bad(place, problem);
            }
            throw e;
        } catch (DateTimeException | ArithmeticException e) {
            return new Parsed.Bad(place, bad("A time in this record is outside of all calendars.", "Mend the times, or leave them out."));
        }
    }

    private JsonShape shape(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        if (last != null && last.matches(node)) {
            return last;
        }
        for (JsonShape shape : Formats.SHAPES) {
            if (shape.matches(node)) {
                return shape;
            }
        }
        return null;
    }

    static Problem.BadInput bad(String detail, String hint) {
        return new Problem.BadInput(detail, hint);
    }

    /** Words a JSON error without repeating the content, which may be private. */
    static Problem.BadInput syntax(JacksonException e, boolean withLine) {
        JsonLocation at = e.getLocation();
        String where = at == null || at.getColumnNr() <= 0
                ? ""
                : withLine ? " at line " + at.getLineNr() + ", column " + at.getColumnNr() : " at column " + at.getColumnNr();
        String message = String.valueOf(e.getOriginalMessage());
        String what;
        if (message.contains("UTF-8")) {
            what = "These bytes are no UTF-8" + where + ".";
        } else if (message.contains("end-of-input") || message.contains("end of input")) {
            what = "The JSON is cut off" + where + ".";
        } else if (message.contains("nesting depth")) {
            what = "The JSON is nested too deeply" + where + ".";
        } else if (message.contains("String value length") || message.contains("maximum")) {
            what = "A JSON value is too long" + where + ".";
        } else if (message.contains("Duplicate field")) {
            what = "A JSON field stands twice in one object" + where + ".";
        } else {
            what = "This is not valid JSON" + where + ".";
        }
        return bad(what, message.contains("UTF-8") ? "Save it as UTF-8." : "Mend it there, or export it again.");
    }

    /** The same with the file's name in front, where nothing after it can be read. */
    Failure end(Problem.BadInput problem, String place) {
        return Failure.badInput(source + (place.isEmpty() ? "" : ", " + place) + ": " + problem.detail(), problem.hint());
    }

    Failure tooLong(String place) {
        return end(
                bad("The record is longer than " + (LimitedInput.LONGEST >> 20) + " MB.", "Split it, or leave it out."), place);
    }
}
