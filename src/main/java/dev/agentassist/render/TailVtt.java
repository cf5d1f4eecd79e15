package dev.agentassist.render;

import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.tail.TailEvent;
import dev.agentassist.tail.TailFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Events as WebVTT: a cue a segment, its speaker as the voice. Times count from the moment in which the first call that is
 * followed went live, as a recording that was begun then would.
 */
public final class TailVtt implements TailFormat {

    private final Map<Integer, Boolean> live = new HashMap<>();
    private Instant origin;

    @Override
    public String begin() {
        return "WEBVTT\n\n";
    }

    @Override
    public String event(TailEvent event) {
        return switch (event.event()) {
            case LiveEvent.StateChanged changed when changed.state() == LiveState.LIVE -> {
                live.put(event.call().index(), true);
                origin = origin == null ? event.at() : origin;
                yield "";
            }
            case LiveEvent.Transcript said when said.segment().settled() -> cue(event, said.segment());
            case LiveEvent.Gap gap -> "NOTE The connection was lost from " + stamp(gap.from()) + " to " + stamp(gap.to())
                    + (gap.complete() ? "; nothing is missing.\n\n" : "; what was said in between is missing.\n\n");
            default -> "";
        };
    }

    @Override
    public String shed(long lines) {
        return "NOTE " + lines + " cues were left out: nobody read them for too long.\n\n";
    }

    private String cue(TailEvent event, Segment said) {
        origin = origin == null ? said.startedAt() : origin;
        Instant end = said.at().isAfter(said.startedAt()) ? said.at() : said.startedAt().plusMillis(1);
        String name = said.name() == null || said.name().isBlank() ? said.role().wire() : said.name();
        String text = escape(said.text()) + (said.complete() ? "" : " …");
        return stamp(said.startedAt()) + " --> " + stamp(end) + "\n<v " + escape(name) + ">" + (event.matched() ? "* " : "") + text
                + "\n\n";
    }

    private String stamp(Instant at) {
        long millis = origin == null ? 0 : Math.max(0, Duration.between(origin, at).toMillis());
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d.%03d", millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
    }

    /** WebVTT, section 3.4: no markup, no arrow, no empty line. */
    private static String escape(String text) {
        return TailText.plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
