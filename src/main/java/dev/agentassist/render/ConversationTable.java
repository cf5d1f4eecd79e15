package dev.agentassist.render;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Direction;
import dev.agentassist.terminal.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A list of conversations for people: a line each under a heading. The columns are laid out by the first rows, so that
 * printing begins at once. Where they do not fit, the agent is shortened, then columns are left out, those that tell least
 * first; never shortened is what one copies: the id and the number.
 */
public final class ConversationTable implements ConversationRows {

    private static final int LOOK_AHEAD = 50;
    private static final String GAP = "  ";
    private static final int LEAST_FOR_AGENT = 6;

    private enum Column {
        ID("ID"),
        CREATED("CREATED"),
        STATUS("STATUS"),
        DIRECTION("DIR"),
        CALLER("CALLER"),
        AGENT("AGENT"),
        LENGTH("LENGTH"),
        TURNS("TURNS");

        private final String heading;

        Column(String heading) {
            this.heading = heading;
        }

        boolean right() {
            return this == LENGTH || this == TURNS;
        }

        String of(ConversationInfo i) {
            return switch (this) {
                case ID -> i.id() == null ? "room:" + i.roomName() : i.id();
                case CREATED -> time(i.createdAt());
                case STATUS -> i.status().wire();
                case DIRECTION -> i.direction() == null ? "" : i.direction() == Direction.INBOUND ? "in" : "out";
                case CALLER -> i.userId();
                case AGENT -> i.agentName() == null ? i.agentId() : i.agentName();
                case LENGTH -> i.duration() == null ? "" : length(i.duration());
                case TURNS -> i.userTurnCount() == null ? "" : i.userTurnCount().toString();
            };
        }
    }

    /** In this order they go where the line is too long. */
    private static final List<Column> DISPENSABLE =
            List.of(Column.AGENT, Column.TURNS, Column.DIRECTION, Column.LENGTH);

    private final int width;
    private final Consumer<String> out;
    private final List<ConversationInfo> waiting = new ArrayList<>();
    private final Set<Column> columns = EnumSet.allOf(Column.class);
    private final int[] widths = new int[Column.values().length];
    private boolean laidOut;

    /** {@code width}: in columns of the terminal. */
    public ConversationTable(int width, Consumer<String> out) {
        this.width = width;
        this.out = out;
    }

    @Override
    public void row(ConversationInfo conversation) {
        if (laidOut) {
            out.accept(line(conversation));
            return;
        }
        waiting.add(conversation);
        if (waiting.size() == LOOK_AHEAD) {
            begin();
        }
    }

    @Override
    public void end() {
        if (!laidOut && !waiting.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        for (Column column : Column.values()) {
            int widest = column.heading.length();
            for (ConversationInfo row : waiting) {
                widest = Math.max(widest, cell(column, row).length());
            }
            widths[column.ordinal()] = widest;
        }
        int agent = widths[Column.AGENT.ordinal()] - Math.max(0, total() - width);
        widths[Column.AGENT.ordinal()] = Math.max(Math.min(LEAST_FOR_AGENT, widths[Column.AGENT.ordinal()]), agent);
        for (Column column : DISPENSABLE) {
            if (total() > width) {
                columns.remove(column);
            }
        }
        laidOut = true;
        var heading = new StringBuilder();
        columns.forEach(c -> pad(heading, c, c.heading));
        out.accept(heading.toString().stripTrailing() + "\n");
        waiting.forEach(row -> out.accept(line(row)));
        waiting.clear();
    }

    private int total() {
        return columns.stream().mapToInt(c -> widths[c.ordinal()] + GAP.length()).sum() - GAP.length();
    }

    private String line(ConversationInfo row) {
        var line = new StringBuilder();
        columns.forEach(c -> pad(line, c, cell(c, row)));
        return line.toString().stripTrailing() + "\n";
    }

    private void pad(StringBuilder line, Column column, String text) {
        int wide = widths[column.ordinal()];
        String shown = column == Column.AGENT && text.length() > wide ? text.substring(0, wide - 1) + "…" : text;
        String blanks = " ".repeat(Math.max(0, wide - shown.length()));
        line.append(line.isEmpty() ? "" : GAP).append(column.right() ? blanks + shown : shown + blanks);
    }

    private static String cell(Column column, ConversationInfo row) {
        String text = column.of(row);
        return text == null ? "" : Terminal.printable(text).replaceAll("\\s+", " ");
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 0:05}, {@code 12:34}, {@code 1:02:03}. */
    static String length(int seconds) {
        int[] parts = {seconds / 3600, seconds / 60 % 60, seconds % 60};
        return parts[0] > 0
                ? String.format("%d:%02d:%02d", Arrays.stream(parts).boxed().toArray())
                : String.format("%d:%02d", parts[1], parts[2]);
    }
}
