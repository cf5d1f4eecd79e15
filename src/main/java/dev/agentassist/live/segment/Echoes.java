package dev.agentassist.live.segment;

import dev.agentassist.live.stream.Said;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts, for one speaker, how often the same words were settled in each of the two ways. What is told is the larger
 * number: of a session that publishes in both ways each turn is told once, while two turns that say the same are told
 * twice.
 */
final class Echoes {

    /** The second way comes within this time after the first, or not at all. */
    private static final long WINDOW_MILLIS = 30_000;
    private static final int MOST = 512;

    private static final class Counts {
        final int[] settled = new int[Said.Way.values().length];
        Instant last;
    }

    private final Map<String, Counts> byText = new LinkedHashMap<>();

    /** Counts a settled text; true where the other way has told it already. */
    boolean isEcho(Said.Way way, String text, Instant now) {
        forget(now);
        Counts counts = byText.get(key(text));
        return counts != null && counts.settled[other(way)] > counts.settled[way.ordinal()];
    }

    void count(Said.Way way, String text, Instant now) {
        String key = key(text);
        Counts counts = byText.remove(key);
        if (counts == null) {
            counts = new Counts();
        }
        counts.settled[way.ordinal()]++;
        counts.last = now;
        // The newest last: what is forgotten first stands first.
        byText.put(key, counts);
        if (byText.size() > MOST) {
            byText.remove(byText.keySet().iterator().next());
        }
    }

    /** Whether this interim text is the beginning of what the other way has settled already. */
    boolean beginsEcho(Said.Way way, String text, Instant now) {
        forget(now);
        String key = key(text);
        if (key.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, Counts> entry : byText.entrySet()) {
            int[] settled = entry.getValue().settled;
            if (settled[other(way)] > settled[way.ordinal()] && entry.getKey().startsWith(key)) {
                return true;
            }
        }
        return false;
    }

    private void forget(Instant now) {
        Iterator<Counts> oldest = byText.values().iterator();
        while (oldest.hasNext() && oldest.next().last.plusMillis(WINDOW_MILLIS).isBefore(now)) {
            oldest.remove();
        }
    }

    private static int other(Said.Way way) {
        return 1 - way.ordinal();
    }

    /** The two ways may differ in white space. */
    static String key(String text) {
        var key = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                space = !key.isEmpty();
            } else {
                if (space) {
                    key.append(' ');
                    space = false;
                }
                key.append(c);
            }
        }
        return key.toString();
    }
}
