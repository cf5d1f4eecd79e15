package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The formats that conversations are exported in. */
public final class Writers {

    /** Names, for an option; the first is the default. */
    public static final List<String> NAMES = List.of("jsonl", "json", "chat", "vtt", "srt", "text");

    /** Characters a second at which people read aloud: the length of a turn that says none. */
    private static final int SPEECH = 15;

    private Writers() {}

    /** By one of {@link #NAMES}. */
    public static TranscriptWriter of(String name) {
        return switch (name) {
            case "json" -> new JsonArray();
            case "chat" -> new ChatHistory();
            case "vtt" -> new WebVtt();
            case "srt" -> new Srt();
            case "text" -> new Plain();
            default -> new JsonLine();
        };
    }

    /** The platform's objects, one a line. */
    private static final class JsonLine implements TranscriptWriter {
        @Override
        public void write(Conversation conversation, Appendable out) throws IOException {
            out.append(ConversationJson.write(conversation).toString()).append('\n');
        }
    }

    /** The platform's objects, as an array with one a line. */
    private static final class JsonArray implements TranscriptWriter {
        private boolean any;

        @Override
        public void begin(Appendable out) throws IOException {
            out.append("[");
        }

        @Override
        public void write(Conversation conversation, Appendable out) throws IOException {
            out.append(any ? ",\n" : "\n").append(ConversationJson.write(conversation).toString());
            any = true;
        }

        @Override
        public void end(Appendable out) throws IOException {
            out.append(any ? "\n]\n" : "]\n");
        }
    }

    /** LiveKit Agents' chat history, one a line. */
    private static final class ChatHistory implements TranscriptWriter {
        @Override
        public void write(Conversation conversation, Appendable out) throws IOException {
            ObjectNode history = Json.MAPPER.createObjectNode();
            var transcript = conversation.transcript();
            history.set("items", transcript == null
                    ? Json.MAPPER.createArrayNode()
                    : transcript.isArray() ? transcript : transcript.path("items"));
            out.append(history.toString()).append('\n');
        }
    }

    /** A turn with the times of a subtitle, from the begin of the call. */
    private record Cue(Turn turn, Duration from, Duration to) {}

    private static List<Cue> cues(Conversation conversation) {
        List<Turn> turns = Transcript.read(conversation.transcript()).turns();
        Instant begin = conversation.info().createdAt();
        var cues = new java.util.ArrayList<Cue>();
        Duration clock = Duration.ZERO;
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            Duration from = turn.timestamp() == null ? clock : Duration.between(begin, turn.timestamp());
            from = from.compareTo(clock) < 0 ? clock : from;
            Duration spoken = Duration.ofMillis(500 + turn.text().length() * 1000L / SPEECH);
            Duration to = from.plus(spoken);
            Instant next = i + 1 < turns.size() ? turns.get(i + 1).timestamp() : null;
            if (next != null && Duration.between(begin, next).compareTo(to) < 0
                    && Duration.between(begin, next).compareTo(from) > 0) {
                to = Duration.between(begin, next);
            }
            cues.add(new Cue(turn, from, to));
            clock = turn.timestamp() == null ? to : from;
        }
        return cues;
    }

    private static String time(Duration at, char fraction) {
        return String.format(
                "%02d:%02d:%02d%c%03d", at.toHours(), at.toMinutesPart(), at.toSecondsPart(), fraction, at.toMillisPart());
    }

    private static String label(Turn turn) {
        return turn.speaker() == Turn.Speaker.AGENT ? "Agent" : "Caller";
    }

    /**
     * One line, without control characters: a line break or a zero byte would end the cue. Without the marks that change
     * the order of what is read, too: the lines are looked at on terminals.
     */
    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085\\u202a-\\u202e\\u2066-\\u2069]+", " ").strip();
    }

    private static final class WebVtt implements TranscriptWriter {
        @Override
        public boolean takesSeveral() {
            return false;
        }

        @Override
        public void write(Conversation conversation, Appendable out) throws IOException {
            out.append("WEBVTT\n\nNOTE recorded ").append(conversation.info().createdAt().toString()).append("\n");
            for (Cue cue : cues(conversation)) {
                out.append('\n').append(time(cue.from(), '.')).append(" --> ").append(time(cue.to(), '.'));
                out.append("\n<v ").append(label(cue.turn())).append('>').append(escape(line(cue.turn().text()))).append('\n');
            }
        }

        private static String escape(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }

    private static final class Srt implements TranscriptWriter {
        @Override
        public boolean takesSeveral() {
            return false;
        }

        @Override
        public void write(Conversation conversation, Appendable out) throws IOException {
            int number = 0;
            for (Cue cue : cues(conversation)) {
                out.append(number == 0 ? "" : "\n").append(Integer.toString(++number)).append('\n');
                out.append(time(cue.from(), ',')).append(" --> ").append(time(cue.to(), ',')).append('\n');
                String text = line(cue.turn().text()).replace("-->", "→");
                out.append(label(cue.turn())).append(": ").append(text).append('\n');
            }
        }
    }

    /** For people; several calls with a heading each. */
    private static final class Plain implements TranscriptWriter {
        private boolean any;

        @Override
        public void write(Conversation conversation, Appendable out) throws IOException {
            out.append(any ? "\n" : "").append("# ").append(line(conversation.id())).append(", ")
                    .append(conversation.info().createdAt().toString()).append('\n');
            for (Turn turn : Transcript.read(conversation.transcript()).turns()) {
                out.append(label(turn)).append(": ").append(line(turn.text())).append('\n');
            }
            any = true;
        }
    }
}
