package dev.agentassist.render;

import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Role;
import dev.agentassist.snoop.SnoopLook;
import dev.agentassist.snoop.SnoopState;
import dev.agentassist.snoop.SnoopState.Overlay;
import dev.agentassist.snoop.SnoopState.Said;
import dev.agentassist.snoop.SnoopState.Typing;
import dev.agentassist.terminal.Columns;
import dev.agentassist.terminal.Ink;
import dev.agentassist.terminal.Line;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The view of one call: who and since when above, what is said in the middle, the brief beside it, the keys below. */
public final class SnoopView implements SnoopLook {

    private static final int LEAST_COLUMNS = 20;
    private static final int LEAST_ROWS = 6;
    /** From so many columns on the brief stands beside the transcript, else in its place. */
    private static final int ROOM_FOR_BOTH = 76;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final ZoneId zone;

    public SnoopView(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public List<Line> lines(SnoopState state, int columns, int rows, Instant now) {
        var lines = new ArrayList<Line>();
        if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
            lines.add(badge(state).fit(columns));
            return filled(lines, columns, rows);
        }
        lines.add(header(state, columns, now));
        if (rows >= 10) {
            lines.add(people(state).fit(columns));
        }
        lines.add(rule(columns, ""));
        int height = rows - lines.size() - 2;
        lines.addAll(middle(state, columns, height, rows));
        lines.add(below(state, columns));
        lines.add(keys(state, columns));
        return filled(lines, columns, rows);
    }

    private static List<Line> filled(List<Line> lines, int columns, int rows) {
        while (lines.size() < rows) {
            lines.add(Line.EMPTY.fit(columns));
        }
        return lines.subList(0, rows);
    }

    // --- above

    private static Line badge(SnoopState state) {
        return switch (state.live()) {
            case CONNECTING -> Line.of(Ink.CONNECTING, state.wasLive() ? " RECONNECTING " : " CONNECTING ");
            case LIVE -> Line.of(Ink.LIVE, " ● LIVE ");
            case ENDED -> Line.of(Ink.ENDED, " ENDED ");
        };
    }

    private Line header(SnoopState state, int columns, Instant now) {
        Line left = badge(state);
        Instant until = state.endedAt() == null ? now : state.endedAt();
        String since = state.since() == null
                ? ""
                : "since " + CLOCK.format(state.since().atZone(zone)) + " · " + length(Duration.between(state.since(), until)) + " · ";
        String sound = state.sound() ? "sound on " : "muted ";
        String right = left.width() + since.length() + sound.length() + 12 <= columns ? since + sound : sound;
        int room = columns - left.width() - Columns.width(right) - 2;
        return left.and(Ink.STRONG, " " + Columns.pad(state.room, Math.max(0, room)) + " ")
                .and(Ink.FAINT, right)
                .fit(columns);
    }

    private static String length(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static Line people(SnoopState state) {
        Line line = Line.of(Ink.FAINT, " ");
        if (state.people().isEmpty()) {
            return line.and(Ink.FAINT, state.live() == LiveState.ENDED ? "Nobody is left." : "Nobody is known yet.");
        }
        boolean first = true;
        for (var person : state.people().stream().sorted((a, b) -> a.role().compareTo(b.role())).toList()) {
            line = line.and(Ink.FAINT, first ? "" : "   ")
                    .and(ink(person.role()), Columns.clip(Columns.clean(person.label()), 30))
                    .and(Ink.FAINT, " " + person.role().wire());
            first = false;
        }
        return line;
    }

    private static Ink ink(Role role) {
        return role == null ? Ink.WARNING : switch (role) {
            case AGENT -> Ink.AGENT;
            case CALLER -> Ink.CALLER;
            case OTHER -> Ink.OTHER;
        };
    }

    private static Line rule(int columns, String words) {
        String text = words.isEmpty() ? "" : " " + words + " ";
        int left = Math.max(0, (columns - Columns.width(text)) / 2);
        return Line.of(Ink.FAINT, "─".repeat(left))
                .and(Ink.WARNING, text)
                .and(Ink.FAINT, "─".repeat(Math.max(0, columns - left - Columns.width(text))))
                .fit(columns);
    }

    // --- the middle

    private static List<Line> middle(SnoopState state, int columns, int height, int rows) {
        if (state.overlay() != Overlay.NONE) {
            return overlay(state, columns, height);
        }
        if (!state.briefOpen()) {
            return transcript(state, columns, height, rows);
        }
        state.briefCovers(columns < ROOM_FOR_BOTH);
        if (columns < ROOM_FOR_BOTH) {
            return brief(state, columns, height);
        }
        int beside = Math.min(60, columns * 45 / 100);
        List<Line> left = transcript(state, columns - beside - 1, height, rows);
        List<Line> right = brief(state, beside, height);
        var both = new ArrayList<Line>();
        for (int i = 0; i < height; i++) {
            both.add(left.get(i).and(Ink.FAINT, "│").and(right.get(i)));
        }
        return both;
    }

    /** From the newest up, as much as is needed: the transcript may be long. */
    private static List<Line> transcript(SnoopState state, int columns, int height, int rows) {
        var upwards = new ArrayList<Line>();
        boolean airy = rows >= 20;
        List<Said> shown = new ArrayList<>(state.shown());
        int settled = shown.size();
        if (state.following()) {
            shown.addAll(state.speaking());
        }
        int lookedAt = -1;
        int i = shown.size() - 1;
        for (; i >= 0 && (upwards.size() < state.scrolledUp() + height || state.lookingAt() > 0 && lookedAt < 0
                        || lookedAt >= 0 && upwards.size() < lookedAt + height);
                i--) {
            Said before = i > 0 ? shown.get(i - 1) : null;
            List<Line> turn = turn(state, shown.get(i), before, i >= settled, columns);
            upwards.addAll(turn.reversed());
            if (state.lookingAt() > 0 && shown.get(i).number() == state.lookingAt()) {
                lookedAt = upwards.size();
            }
            if (airy && before != null && isOther(before, shown.get(i))) {
                upwards.add(Line.EMPTY);
            }
        }
        if (lookedAt >= 0) {
            // Its beginning a third down.
            state.scrollTo(lookedAt - height + height / 3);
        }
        if (i < 0) {
            state.limitScroll(upwards.size() - height);
        }
        if (upwards.isEmpty()) {
            upwards.add(Line.of(Ink.FAINT, state.live() == LiveState.LIVE
                    ? "  Nothing has been said since we came."
                    : state.live() == LiveState.CONNECTING ? "  Joining unseen…" : "  Nothing was said."));
        }
        int from = Math.min(state.scrolledUp(), Math.max(0, upwards.size() - 1));
        List<Line> part = new ArrayList<>(upwards.subList(from, Math.min(upwards.size(), from + height)).reversed());
        while (part.size() < height) {
            part.add(Line.EMPTY);
        }
        part.replaceAll(l -> l.fit(columns));
        return part;
    }

    private static boolean isOther(Said one, Said another) {
        return one.role() != another.role() || !one.name().equals(another.name());
    }

    private static List<Line> turn(SnoopState state, Said said, Said before, boolean speaking, int columns) {
        int names = columns >= 36 ? Math.min(state.widestName(), columns >= 60 ? 14 : 7) : 0;
        int indent = 5 + (names > 0 ? names + 1 : 0);
        var lines = new ArrayList<Line>();
        boolean named = names > 0 && said.role() != null && (before == null || isOther(before, said));
        Ink ink = said.role() == null ? Ink.WARNING : speaking ? Ink.FAINT : Ink.PLAIN;
        for (String text : Columns.wrap(said.text() + (speaking ? " …" : ""), columns - indent - 1)) {
            Line line = lines.isEmpty() ? number(said, state.lookingAt()) : Line.of(Ink.FAINT, "     ");
            if (names > 0) {
                line = line.and(ink(said.role()), Columns.pad(lines.isEmpty() && named ? state.nameOf(said) : "", names) + " ");
            }
            lines.add(marked(line, said.role() != null && names == 0 && ink == Ink.PLAIN ? ink(said.role()) : ink, text, state.search()));
        }
        return lines;
    }

    private static Line number(Said said, int lookingAt) {
        String digits = said.number() > 0 ? Integer.toString(said.number()) : "";
        return Line.of(Ink.FAINT, " ".repeat(Math.max(0, 4 - digits.length())))
                .and(said.number() > 0 && said.number() == lookingAt ? Ink.SELECTED : Ink.FAINT, digits)
                .and(Ink.FAINT, " ");
    }

    /** What is looked for stands out. */
    private static Line marked(Line line, Ink ink, String text, String search) {
        if (search.isBlank()) {
            return line.and(ink, text);
        }
        int from = 0;
        for (int i = 0; i + search.length() <= text.length(); ) {
            if (text.regionMatches(true, i, search, 0, search.length())) {
                line = line.and(ink, text.substring(from, i)).and(Ink.MATCH, text.substring(i, i + search.length()));
                i += search.length();
                from = i;
            } else {
                i++;
            }
        }
        return line.and(ink, text.substring(from));
    }

    private static List<Line> brief(SnoopState state, int columns, int height) {
        var lines = new ArrayList<Line>();
        int selected = 0;
        lines.add(Line.of(Ink.FAINT, " " + (state.briefMaking()
                ? "Reading the call so far…"
                : state.briefedTurns() == 0 ? "Before the first turn." : "After turn " + state.briefedTurns() + (state.briefedTurns() < state.newest() ? "; b b renews it." : "."))));
        for (int i = 0; i < state.brief().size() && !state.briefMaking(); i++) {
            var claim = state.brief().get(i);
            if (claim.heading()) {
                lines.add(Line.EMPTY);
            }
            String turns = claim.turns().isEmpty()
                    ? ""
                    : " [" + claim.turns().stream().map(String::valueOf).collect(Collectors.joining(", ")) + "]";
            boolean marked = i == state.claim();
            String first = claim.heading() ? " " : " · ";
            for (String text : Columns.wrap(claim.text() + turns, columns - 4)) {
                Ink ink = claim.heading() ? Ink.STRONG : marked ? Ink.SELECTED : Ink.PLAIN;
                lines.add(Line.of(Ink.FAINT, first).and(ink, text));
                first = claim.heading() ? " " : "   ";
            }
            if (marked) {
                selected = lines.size();
            }
        }
        int from = Math.clamp(selected - height / 2, 0, Math.max(0, lines.size() - height));
        var part = new ArrayList<>(lines.subList(from, Math.min(lines.size(), from + height)));
        while (part.size() < height) {
            part.add(Line.EMPTY);
        }
        part.replaceAll(l -> l.fit(columns));
        return part;
    }

    private static List<Line> overlay(SnoopState state, int columns, int height) {
        List<Line> lines = state.overlay() == Overlay.HELP ? help(columns) : takeOver(state, columns);
        while (lines.size() < height) {
            lines.add(Line.EMPTY);
        }
        lines.replaceAll(l -> l.fit(columns));
        return lines.subList(0, height);
    }

    private static List<Line> help(int columns) {
        int keys = columns >= 60 ? 20 : 10;
        var lines = new ArrayList<Line>();
        lines.add(Line.EMPTY);
        for (SnoopText.KeyHelp help : SnoopText.HELP) {
            List<String> left = Columns.wrap(help.keys(), keys - 1);
            List<String> right = Columns.wrap(help.does(), columns - keys - 4);
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                lines.add(Line.of(Ink.STRONG, "  " + Columns.pad(i < left.size() ? left.get(i) : "", keys))
                        .and(Ink.PLAIN, i < right.size() ? right.get(i) : ""));
            }
        }
        lines.add(Line.EMPTY);
        Columns.wrap(SnoopText.UNSEEN, columns - 4).forEach(l -> lines.add(Line.of(Ink.PLAIN, "  " + l)));
        return lines;
    }

    private static List<Line> takeOver(SnoopState state, int columns) {
        var lines = new ArrayList<Line>();
        for (String paragraph : SnoopText.takeOver(state.target)) {
            boolean command = paragraph.startsWith("    ");
            for (String line : Columns.wrap(paragraph, columns - (command ? 8 : 4))) {
                lines.add(Line.of(command ? Ink.STRONG : Ink.PLAIN, (command ? "      " : "  ") + line));
            }
        }
        return lines;
    }

    // --- below

    private static Line below(SnoopState state, int columns) {
        if (state.typing() == Typing.SEARCH) {
            return Line.of(Ink.STRONG, " /" + state.typed()).and(Ink.MATCH, " ").fit(columns);
        }
        if (state.typing() == Typing.TURN) {
            return Line.of(Ink.PLAIN, " Turn ").and(Ink.STRONG, state.typed()).and(Ink.MATCH, " ").fit(columns);
        }
        if (!state.message().isEmpty()) {
            return Line.of(Ink.WARNING, " " + Columns.clip(state.message(), columns - 2)).fit(columns);
        }
        if (state.ending() != null) {
            return Line.of(Ink.WARNING, " " + Columns.clip(Columns.clean(state.ending().detail()), columns - 2)).fit(columns);
        }
        return rule(columns, state.newer() > 0 ? state.newer() + " newer ↓ End" : state.following() ? "" : "↓ End");
    }

    private static Line keys(SnoopState state, int columns) {
        String[][] all = {
            {"?", "help"}, {"q", "leave"}, {"b", "brief"}, {"m", state.sound() ? "mute" : "sound"}, {"/", "search"}, {"t", "take over"}
        };
        Line line = Line.of(Ink.FAINT, " ");
        for (String[] key : all) {
            Line more = line.and(Ink.STRONG, key[0]).and(Ink.FAINT, " " + key[1] + "   ");
            if (more.width() - 3 > columns) {
                break;
            }
            line = more;
        }
        return line.fit(columns);
    }
}
