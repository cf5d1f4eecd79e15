package dev.agentassist.render;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.manual.Wrap;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.terminal.Terminal.Style;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;

/** A conversation for people: its record, then what was said, a speaker and a time before each turn. */
public final class ConversationText {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String INDENT = "    ";

    private final int width;
    private final BiFunction<Style, String, String> paint;

    /** {@code width}: in columns of the terminal; {@code paint}: text in a style, or plain where there is no colour. */
    public ConversationText(int width, BiFunction<Style, String, String> paint) {
        this.width = width;
        this.paint = paint;
    }

    public String write(Conversation conversation) {
        var text = new StringBuilder();
        record(conversation, text);
        Transcript transcript = Transcript.read(conversation.transcript());
        if (!transcript.items().isEmpty()) {
            text.append('\n');
        }
        transcript.items().forEach(item -> item(item, text));
        if (transcript.items().isEmpty()) {
            text.append('\n').append(paint.apply(Style.FAINT, "No transcript.")).append('\n');
        }
        transcript.warnings().forEach(w -> text.append(paint.apply(Style.WARNING, plain(w))).append('\n'));
        return text.toString();
    }

    private void record(Conversation c, StringBuilder text) {
        ConversationInfo i = c.info();
        field(text, "Conversation", i.id());
        field(text, "Status", i.status().wire());
        field(text, "Created", seconds(i.createdAt()));
        field(text, "Updated", i.updatedAt().equals(i.createdAt()) ? null : seconds(i.updatedAt()));
        field(text, "Direction", i.direction() == null ? null : i.direction().wire());
        field(text, "Channel", i.channel() == null ? null : i.channel().wire());
        field(text, "Caller", i.userId());
        field(text, "Number", c.agentNumber());
        field(text, "Agent", i.agentName() == null ? i.agentId() : i.agentName());
        field(text, "Room", i.roomName());
        field(text, "Length", i.duration() == null ? null : ConversationTable.length(i.duration()));
        field(text, "Caller turns", i.userTurnCount() == null ? null : i.userTurnCount().toString());
        field(text, "Summary", c.summary());
        if (c.customMetadata() != null) {
            c.customMetadata().properties().forEach(e -> field(
                    text, e.getKey(), e.getValue().isTextual() ? e.getValue().asText() : e.getValue().toString()));
        }
    }

    private void field(StringBuilder text, String name, String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        String label = plain(name) + ":";
        String gap = " ".repeat(Math.max(1, 15 - label.length()));
        List<String> lines = Wrap.lines(plain(value), Math.max(20, width - 15));
        text.append(paint.apply(Style.HEADING, label)).append(gap);
        text.append(String.join("\n" + " ".repeat(15), lines)).append('\n');
    }

    private void item(Transcript.Item item, StringBuilder text) {
        switch (item) {
            case Transcript.Spoken spoken -> turn(spoken.turn(), text);
            case Transcript.ToolCall call -> aside(text, "called " + call.name() + " " + call.arguments());
            case Transcript.ToolResult result -> aside(
                    text, (result.error() ? "error from " : "answer of ") + result.name() + ": " + result.output());
            case Transcript.Handoff handoff -> aside(
                    text, "handed over to " + (handoff.newAgent() == null ? "another agent" : handoff.newAgent()));
        }
    }

    private void turn(Turn turn, StringBuilder text) {
        boolean caller = turn.speaker() == Turn.Speaker.CALLER;
        String who = (caller ? "Caller" : "Agent") + (turn.timestamp() == null ? "" : "  " + CLOCK.format(turn.timestamp()));
        text.append(paint.apply(caller ? Style.CALLER : Style.AGENT, who));
        text.append(turn.interrupted() ? paint.apply(Style.FAINT, "  (interrupted)") : "").append('\n');
        for (String line : turn.text().split("\n")) {
            Wrap.lines(plain(line), width - INDENT.length()).forEach(l -> text.append(INDENT).append(l).append('\n'));
        }
    }

    private void aside(StringBuilder text, String what) {
        Wrap.lines("· " + plain(what), width - INDENT.length())
                .forEach(l -> text.append(INDENT).append(paint.apply(Style.FAINT, l)).append('\n'));
    }

    private static String plain(String text) {
        return Terminal.printable(text).replaceAll("\\s+", " ").strip();
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
