package dev.agentassist.live.segment;

import dev.agentassist.live.stream.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes segments from the news about them: each is told once as settled, within a speaker in the order in which they were
 * begun, and the same words published in both ways are one segment, though their ids differ. Not for use from several
 * threads at once.
 *
 * <p>A withdrawn interim text (it turned out to be an echo of what was told already) is told as an interim one without
 * text.
 */
public final class SegmentTracker {

    /** Who is behind an identity; both may be unknown. */
    public interface Speakers {
        String name(String identity);

        Role role(String identity);
    }

    /** A segment that nothing has been heard of for so long is settled as it stands. */
    static final long ABANDONED_MILLIS = 30_000;
    /** A later settled segment of the same speaker waits no longer than this for an unfinished one before it. */
    static final long HELD_BACK_MILLIS = 5_000;
    private static final int MOST_SPEAKERS = 256;

    private final Speakers speakers;
    private final Consumer<Segment> told;
    private final Map<String, SpeakerLine> lines = new LinkedHashMap<>(16, 0.75f, true);
    private long begun;

    public SegmentTracker(Speakers speakers, Consumer<Segment> told) {
        this.speakers = speakers;
        this.told = told;
    }

    public void take(Said said, Instant now) {
        SpeakerLine line = lines.get(said.speaker());
        if (line == null) {
            line = new SpeakerLine();
            lines.put(said.speaker(), line);
            if (lines.size() > MOST_SPEAKERS) {
                Iterator<Map.Entry<String, SpeakerLine>> eldest = lines.entrySet().iterator();
                Map.Entry<String, SpeakerLine> quiet = eldest.next();
                settle(quiet.getKey(), quiet.getValue(), now);
                eldest.remove();
            }
        }
        Utterance changed = line.take(said, () -> said.segment().isEmpty() ? "segment-" + ++begun : said.segment(), now);
        if (changed != null && !changed.settled && (changed.withdrawn || !changed.text.isEmpty())) {
            tell(said.speaker(), changed, changed.withdrawn ? "" : changed.text, now);
        }
        release(said.speaker(), line, now);
    }

    /** To be called about once a second: settles what was abandoned. */
    public void tick(Instant now) {
        lines.forEach((speaker, line) -> {
            line.abandon(now);
            release(speaker, line, now);
        });
    }

    /** Somebody left: what they had not finished stands as it is. */
    public void left(String speaker, Instant now) {
        SpeakerLine line = lines.get(speaker);
        if (line != null) {
            settle(speaker, line, now);
        }
    }

    /** The end: whatever is unfinished is settled as it stands. */
    public void end(Instant now) {
        lines.forEach((speaker, line) -> settle(speaker, line, now));
    }

    private void settle(String speaker, SpeakerLine line, Instant now) {
        line.settleAll();
        release(speaker, line, now);
    }

    private void release(String speaker, SpeakerLine line, Instant now) {
        for (Utterance utterance : line.release()) {
            tell(speaker, utterance, utterance.text, now);
        }
    }

    private void tell(String speaker, Utterance utterance, String text, Instant now) {
        Role role = speakers.role(speaker);
        told.accept(new Segment(
                utterance.id,
                speaker,
                speakers.name(speaker),
                role == null ? guess(speaker) : role,
                text,
                utterance.settled,
                utterance.complete,
                utterance.begunAt,
                now,
                utterance.language,
                utterance.track));
    }

    /** Somebody whom we were not told of: LiveKit's agents call themselves {@code agent-…} unless told otherwise. */
    private static Role guess(String speaker) {
        return speaker.startsWith("agent") ? Role.AGENT : Role.CALLER;
    }

    /** For tests and figures: how much is kept. */
    List<Integer> held() {
        var held = new ArrayList<Integer>();
        lines.values().forEach(l -> held.add(l.held()));
        return held;
    }
}
