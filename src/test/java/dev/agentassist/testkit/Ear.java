package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What one participant hears, on all tracks: for each 20 ms of sound that is not silent, which of the {@link Tones} it was.
 * Times are milliseconds of the wall's clock, the same in all processes of this machine ({@link #now}).
 */
public final class Ear {

    /** So long nothing may change before it counts as what is heard: the fading of a cut track is over by then. */
    private static final long STEADY = 500;

    /**
     * Sound of one track for 20 ms.
     *
     * @param at when it came out, in milliseconds of the wall's clock
     * @param hertz one of the {@link Tones}, or {@link Tones#OTHER_SOUND}
     * @param from identity of the publisher
     */
    public record Heard(double at, int hertz, String from) {}

    private final String whose;
    private final IntFunction<JsonNode> since;
    private final List<Heard> heard = new ArrayList<>();
    private double upTo;

    /** {@code since}: asks the process for everything from an index on. */
    Ear(String whose, IntFunction<JsonNode> since) {
        this.whose = whose;
        this.since = since;
    }

    public static double now() {
        return System.currentTimeMillis();
    }

    /** Everything up to now. */
    public synchronized List<Heard> heard() {
        JsonNode news = since.apply(heard.size());
        for (JsonNode w : news.get("windows")) {
            heard.add(new Heard(w.get(0).asDouble(), w.get(1).asInt(), w.get(2).asText()));
        }
        upTo = news.get("at").asDouble();
        return List.copyOf(heard);
    }

    /** How many windows of 20 ms with that tone came out between two times. */
    public int windows(int hertz, double from, double to) {
        return (int) heard().stream().filter(h -> h.hertz == hertz && h.at >= from && h.at < to).count();
    }

    /** When that tone was first heard from a time on. */
    public OptionalLong first(int hertz, double from) {
        return heard().stream().filter(h -> h.hertz == hertz && h.at >= from).mapToLong(h -> (long) h.at).findFirst();
    }

    /** When that tone was last heard. */
    public OptionalLong last(int hertz) {
        return heard().stream().filter(h -> h.hertz == hertz).mapToLong(h -> (long) h.at).reduce((a, b) -> b);
    }

    /** Waits until these and no others are heard, for half a second. */
    public void hearsOnly(Integer... tones) {
        var wanted = new TreeSet<>(List.of(tones));
        double from = now();
        Await.until(
                () -> whose + " hears only " + wanted + "; heard in the last second: " + within(1000),
                Await.PATIENCE,
                () -> upToDate() - from >= STEADY && within(STEADY).equals(wanted) && steadily(wanted));
    }

    /** Waits until silence has lasted for half a second. */
    public void hearsNothing() {
        hearsOnly();
    }

    /** Waits until that tone is heard, from a time on; when it began. */
    public double hears(int hertz, double from) {
        Await.until(() -> whose + " hears " + hertz + "; heard in the last second: " + within(1000), Await.PATIENCE,
                () -> first(hertz, from).isPresent());
        return first(hertz, from).orElseThrow();
    }

    /** Fails when even one window of that tone came out since a time. */
    public void neverHeard(int hertz, double from) {
        neverHeard(hertz, from, Double.MAX_VALUE);
    }

    public void neverHeard(int hertz, double from, double to) {
        List<Heard> wrong = heard().stream().filter(h -> h.hertz == hertz && h.at >= from && h.at < to).toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError(whose + " must not hear " + hertz + ", and heard it for " + wrong.size() * 20 + " ms, first after "
                    + (wrong.getFirst().at - from) + " ms: " + wrong.stream().limit(5).toList());
        }
    }

    /** The longest time without any of these tones between two times, in milliseconds. */
    public double longestGap(Collection<Integer> hertz, double from, double to) {
        double last = from;
        double longest = 0;
        for (Heard h : heard()) {
            if (h.at >= from && h.at <= to && hertz.contains(h.hertz)) {
                longest = Math.max(longest, h.at - last);
                last = h.at;
            }
        }
        return Math.max(longest, to - last);
    }

    /** Windows of each tone between two times, for a message. */
    public Map<Integer, Integer> count(double from, double to) {
        var count = new TreeMap<Integer, Integer>();
        heard().stream().filter(h -> h.at >= from && h.at < to).forEach(h -> count.merge(h.hertz, 1, Integer::sum));
        return count;
    }

    private double upToDate() {
        heard();
        return upTo;
    }

    private Set<Integer> within(long millis) {
        List<Heard> all = heard();
        var tones = new TreeSet<Integer>();
        all.stream().filter(h -> h.at >= upTo - millis).forEach(h -> tones.add(h.hertz));
        return tones;
    }

    /** A third of the windows at least, on a machine that has other things to do. */
    private boolean steadily(Set<Integer> wanted) {
        double to = upTo;
        return wanted.stream().allMatch(hertz -> windows(hertz, to - STEADY, to) >= STEADY / 60);
    }

    /** Waits a while in which nothing is to happen, measured by what this ear has taken in. */
    public void listensFor(Duration time) {
        double from = now();
        Await.until("the ear of " + whose + " listens", () -> upToDate() - from >= time.toMillis());
    }
}
