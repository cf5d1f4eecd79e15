package dev.agentassist.live.segment;

import dev.agentassist.live.stream.Said;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What one speaker says: the segments under way in the order in which they were begun, and what was told already. */
final class SpeakerLine {

    private static final int MOST_OPEN = 256;
    private static final int MOST_REMEMBERED = 8192;

    private final ArrayDeque<Utterance> open = new ArrayDeque<>();
    private final Map<String, Utterance> byKey = new HashMap<>();
    private final Echoes echoes = new Echoes();
    /** Keys of what was settled: news of them is old, after a rejoin for one. */
    private final Map<String, Boolean> done = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Returns the utterance whose interim text may be shown anew, or null. */
    Utterance take(Said said, Supplier<String> id, Instant now) {
        String key = (said.way() == Said.Way.STREAM ? "s" : "p") + said.segment();
        if (!said.segment().isEmpty() && done.containsKey(key)) {
            return null;
        }
        Utterance utterance = byKey.get(key);
        if (utterance != null && utterance.lead != said.way() && said.settled() && !fits(utterance, said.text())) {
            // Taken for the same words too early.
            byKey.remove(key);
            utterance.key(said.way(), null);
            utterance = null;
        }
        boolean alone = utterance == null || !utterance.inBothWays();
        if (said.settled() && alone && echoes.isEcho(said.way(), said.text(), now)) {
            return dropEcho(said, key, utterance, now);
        }
        if (utterance == null) {
            if (!said.settled() && echoes.beginsEcho(said.way(), said.text(), now)) {
                return null;
            }
            utterance = begin(said, key, id, now);
        }
        if (utterance.settled) {
            return null;
        }
        utterance.touchedAt = now;
        if (utterance.lead != said.way() && !said.settled()) {
            return null;
        }
        String before = utterance.text;
        update(utterance, said, now);
        return utterance.text.equals(before) ? null : utterance;
    }

    private Utterance dropEcho(Said said, String key, Utterance utterance, Instant now) {
        echoes.count(said.way(), said.text(), now);
        done.put(key, true);
        if (utterance == null) {
            return null;
        }
        open.remove(utterance);
        byKey.remove(key);
        boolean shown = !utterance.text.isEmpty();
        utterance.withdrawn = true;
        return shown ? utterance : null;
    }

    private Utterance begin(Said said, String key, Supplier<String> id, Instant now) {
        for (Utterance other : open) {
            if (other.lead != said.way() && other.key(said.way()) == null && !other.settled && fits(other, said.text())) {
                other.key(said.way(), key);
                byKey.put(key, other);
                return other;
            }
        }
        if (open.size() >= MOST_OPEN) {
            settleAll(open.peekFirst());
        }
        var utterance = new Utterance(id.get(), said.way(), now);
        utterance.key(said.way(), key);
        open.addLast(utterance);
        byKey.put(key, utterance);
        return utterance;
    }

    private void update(Utterance utterance, Said said, Instant now) {
        if (!said.text().isEmpty() || said.settled() && said.complete()) {
            utterance.text = said.text();
        }
        utterance.language = said.language() == null ? utterance.language : said.language();
        utterance.track = said.track() == null ? utterance.track : said.track();
        if (said.settled()) {
            utterance.settled = true;
            utterance.complete = said.complete();
            for (Said.Way way : Said.Way.values()) {
                if (utterance.key(way) != null) {
                    echoes.count(way, said.text(), now);
                }
            }
        }
    }

    /** Whether one text may be a later state of the other: both begin alike, and a whole text is not cut short. */
    private static boolean fits(Utterance utterance, String text) {
        String one = Echoes.key(utterance.text);
        String two = Echoes.key(text);
        return !one.isEmpty() && !two.isEmpty() && (two.startsWith(one) || one.startsWith(two));
    }

    /** Settles what nobody goes on with: after a long time, or sooner where something settled waits behind it. */
    void abandon(Instant now) {
        boolean behind = false;
        var stale = new ArrayList<Utterance>();
        for (var last = open.descendingIterator(); last.hasNext(); ) {
            Utterance utterance = last.next();
            if (utterance.settled) {
                behind = true;
                continue;
            }
            long limit = behind ? SegmentTracker.HELD_BACK_MILLIS : SegmentTracker.ABANDONED_MILLIS;
            if (utterance.touchedAt.plusMillis(limit).isBefore(now)) {
                stale.add(utterance);
            }
        }
        stale.forEach(this::settleAll);
    }

    void settleAll() {
        open.forEach(this::settleAll);
    }

    private void settleAll(Utterance utterance) {
        if (!utterance.settled) {
            utterance.settled = true;
            utterance.complete = false;
        }
    }

    /** Takes out what is settled and has nothing unsettled before it; those without a word are left out. */
    List<Utterance> release() {
        List<Utterance> ready = List.of();
        while (!open.isEmpty() && open.peekFirst().settled) {
            Utterance utterance = open.removeFirst();
            for (Said.Way way : Said.Way.values()) {
                String key = utterance.key(way);
                if (key != null) {
                    byKey.remove(key);
                    done.put(key, true);
                }
            }
            if (!utterance.text.isBlank()) {
                if (ready.isEmpty()) {
                    ready = new ArrayList<>();
                }
                ready.add(utterance);
            }
        }
        return ready;
    }

    int held() {
        return open.size() + byKey.size() + done.size();
    }
}
