package dev.agentassist.render;

import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.tail.CallLabel;
import dev.agentassist.tail.TailEvent;
import dev.agentassist.tail.TailFormat;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.terminal.Terminal.Style;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Events for people: a settled line a segment, who says it before it. On a screen the text that is not final yet is
 * rewritten in place below; in a pipe it is left out. What was said cannot move the cursor.
 */
public final class TailText implements TailFormat {

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String AGENT_STATE = "lk.agent.state";
    private static final Style[] CALL_STYLES = {
        Style.CALL_1, Style.CALL_2, Style.CALL_3, Style.CALL_4, Style.CALL_5, Style.CALL_6
    };

    private final Layout layout;
    private final BiFunction<Style, String, String> paint;
    private final DateTimeFormatter clock;
    /** The interim line of each speaker, the newest last; shown is the newest. */
    private final Map<String, String> interims = new LinkedHashMap<>();

    /**
     * @param screen whether lines can be rewritten
     * @param width of the screen, in columns
     * @param timestamps whether the time stands before each line
     * @param several whether the call stands before each line
     * @param zone of the times
     */
    public record Layout(boolean screen, int width, boolean timestamps, boolean several, ZoneId zone) {}

    public TailText(Layout layout, BiFunction<Style, String, String> paint) {
        this.layout = layout;
        this.paint = paint;
        this.clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(layout.zone());
    }

    @Override
    public String event(TailEvent event) {
        // No pattern switch: its bootstrap would make classes before the first line.
        LiveEvent happened = event.event();
        if (happened instanceof LiveEvent.Transcript said) {
            return said.segment().settled() ? settled(event, said.segment()) : interim(event, said.segment());
        }
        if (happened instanceof LiveEvent.Gap gap) {
            return aside(
                    event,
                    "The connection was lost at " + clock.format(gap.from()) + " and is back at " + clock.format(gap.to())
                            + (gap.complete() ? "; nothing is missing." : "; what was said in between is missing."));
        }
        if (happened instanceof LiveEvent.Shed shed) {
            return aside(event, shed.finals() + " lines were lost: the reader is too slow.");
        }
        if (happened instanceof LiveEvent.StateChanged changed && changed.state() == LiveState.ENDED) {
            return interims.isEmpty() ? "" : clear(event);
        }
        return happened instanceof LiveEvent.Changed changed ? agentState(event, changed) : "";
    }

    @Override
    public String shed(long lines) {
        return erase() + paint.apply(Style.WARNING, "· " + lines + " lines were left out: nobody read them for too long.") + "\n";
    }

    @Override
    public String end() {
        return interims.isEmpty() ? "" : erase();
    }

    private String settled(TailEvent event, Segment said) {
        interims.remove(key(event, said));
        String text = plain(said.text()) + (said.complete() ? "" : " …");
        String mark = event.matched() ? paint.apply(Style.WARNING, "* ") : "";
        String shown = event.matched() ? paint.apply(Style.WARNING, text) : text;
        return erase() + time(said.startedAt()) + call(event.call()) + mark + speaker(said) + shown + "\n" + current();
    }

    private String interim(TailEvent event, Segment said) {
        String key = key(event, said);
        interims.remove(key);
        if (!said.text().isBlank()) {
            String before = (layout.timestamps() ? clock.format(said.startedAt()) + " " : "")
                    + (layout.several() ? "[" + plain(event.call().room()) + "] " : "") + name(said) + ": ";
            interims.put(key, clip(before, plain(said.text())));
        }
        return layout.screen() ? erase() + current() : paintInterim(said, event);
    }

    /** Without a screen there is nothing to rewrite: each state is a line of its own. */
    private String paintInterim(Segment said, TailEvent event) {
        interims.clear();
        return said.text().isBlank()
                ? ""
                : time(said.startedAt()) + call(event.call()) + speaker(said) + plain(said.text()) + " ...\n";
    }

    private String clear(TailEvent event) {
        interims.keySet().removeIf(k -> k.startsWith(event.call().index() + " "));
        return erase() + current();
    }

    private String agentState(TailEvent event, LiveEvent.Changed changed) {
        String before = changed.before().attributes().get(AGENT_STATE);
        String now = changed.participant().attributes().get(AGENT_STATE);
        return !layout.screen() || now == null || now.equals(before)
                ? ""
                : aside(event, changed.participant().label() + " is " + now);
    }

    private String aside(TailEvent event, String what) {
        return erase() + time(event.at()) + call(event.call()) + paint.apply(Style.FAINT, "· " + plain(what)) + "\n" + current();
    }

    private String erase() {
        return layout.screen() ? CLEAR_LINE : "";
    }

    private String current() {
        if (!layout.screen() || interims.isEmpty()) {
            return "";
        }
        String newest = "";
        for (String line : interims.values()) {
            newest = line;
        }
        return paint.apply(Style.FAINT, newest);
    }

    private static String key(TailEvent event, Segment said) {
        return event.call().index() + " " + said.speaker();
    }

    private String time(Instant at) {
        return layout.timestamps() ? paint.apply(Style.FAINT, clock.format(at)) + " " : "";
    }

    private String call(CallLabel call) {
        return layout.several()
                ? paint.apply(CALL_STYLES[call.index() % CALL_STYLES.length], "[" + plain(call.room()) + "]") + " "
                : "";
    }

    private String speaker(Segment said) {
        Style style = said.role() == Role.AGENT ? Style.AGENT : Style.CALLER;
        return paint.apply(style, name(said) + ":") + " ";
    }

    private static String name(Segment said) {
        return said.name() == null || said.name().isBlank() ? said.role().wire() : plain(said.name());
    }

    /** One line, whatever was said; a control character becomes visible. */
    static String plain(String text) {
        return Terminal.printable(text).replaceAll("[\\s\\u0085\\u2028\\u2029]+", " ").strip();
    }

    /** The end of the text is what is new: what does not fit goes at its beginning. */
    private String clip(String before, String text) {
        int room = Math.max(10, layout.width() - 1 - columns(before));
        if (columns(text) <= room) {
            return before + text;
        }
        int from = text.length();
        int used = 1;
        while (from > 0) {
            int point = text.codePointBefore(from);
            used += columns(point);
            if (used > room) {
                break;
            }
            from -= Character.charCount(point);
        }
        return before + "…" + text.substring(from);
    }

    private static int columns(String text) {
        return text.codePoints().map(TailText::columns).sum();
    }

    /** East Asian wide characters and emoji take two. */
    private static int columns(int point) {
        boolean wide = point >= 0x1100
                && (point <= 0x115f
                        || point >= 0x2e80 && point <= 0xa4cf
                        || point >= 0xac00 && point <= 0xd7a3
                        || point >= 0xf900 && point <= 0xfaff
                        || point >= 0xfe30 && point <= 0xfe6f
                        || point >= 0xff00 && point <= 0xff60
                        || point >= 0xffe0 && point <= 0xffe6
                        || point >= 0x1f300 && point <= 0x1faff
                        || point >= 0x20000 && point <= 0x3fffd);
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT
                ? 0
                : wide ? 2 : 1;
    }
}
