package dev.agentassist.live.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.stream.Said;
import dev.agentassist.live.stream.Said.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentTrackerTest {

    private final List<Segment> told = new ArrayList<>();
    private final SegmentTracker tracker = new SegmentTracker(
            new SegmentTracker.Speakers() {
                @Override
                public String name(String identity) {
                    return identity.toUpperCase(java.util.Locale.ROOT);
                }

                @Override
                public Role role(String identity) {
                    return identity.equals("ava") ? Role.AGENT : null;
                }
            },
            told::add);
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");

    private void say(Way way, String speaker, String id, String text, boolean settled) {
        tracker.take(new Said(way, speaker, id, text, settled, true, null, null), now);
    }

    private void later(long millis) {
        now = now.plusMillis(millis);
        tracker.tick(now);
    }

    private List<String> settled() {
        return told.stream().filter(Segment::settled).map(s -> s.speaker() + ": " + s.text()).toList();
    }

    @Test
    void anInterimTextIsReplacedAndTheFinalOneComesOnce() {
        say(Way.STREAM, "carl", "1", "", false);
        say(Way.STREAM, "carl", "1", "I want", false);
        say(Way.STREAM, "carl", "1", "", false);
        say(Way.STREAM, "carl", "1", "I want it", false);
        say(Way.STREAM, "carl", "1", "I want it.", true);
        say(Way.STREAM, "carl", "1", "I want it.", true);
        say(Way.STREAM, "carl", "1", "late", false);
        assertEquals(List.of("I want", "I want it", "I want it."), told.stream().map(Segment::text).toList());
        assertEquals(List.of("carl: I want it."), settled());
        assertEquals("CARL", told.getFirst().name());
        assertEquals(Role.CALLER, told.getFirst().role());
    }

    @Test
    void twoTurnsThatSayTheSameBothStay() {
        say(Way.STREAM, "carl", "1", "Yes.", true);
        say(Way.STREAM, "carl", "2", "Yes.", true);
        say(Way.PACKET, "ava", "3", "Yes.", true);
        say(Way.PACKET, "ava", "4", "Yes.", true);
        assertEquals(List.of("carl: Yes.", "carl: Yes.", "ava: Yes.", "ava: Yes."), settled());
    }

    @Test
    void theSameWordsInBothWaysAreOneSegmentWhicheverComesFirst() {
        for (int order = 0; order < 2; order++) {
            Way first = order == 0 ? Way.STREAM : Way.PACKET;
            Way second = order == 0 ? Way.PACKET : Way.STREAM;
            told.clear();
            // One after the other, interim texts and all.
            say(first, "ava", order + "a1", "How can", false);
            say(second, "ava", order + "b1", "How can", false);
            say(first, "ava", order + "a1", "How can I help?", true);
            say(second, "ava", order + "b1", "How can  I help? ", true);
            // All of the one before any of the other.
            say(first, "ava", order + "a2", "Yes.", true);
            say(first, "ava", order + "a3", "Yes.", true);
            say(second, "ava", order + "b2", "Yes.", false);
            say(second, "ava", order + "b2", "Yes.", true);
            say(second, "ava", order + "b3", "Yes.", true);
            assertEquals(List.of("ava: How can I help?", "ava: Yes.", "ava: Yes."), settled());
        }
    }

    @Test
    void anInterimTextOfTheOtherWayDoesNotSettleTheNextTurn() {
        say(Way.STREAM, "ava", "s1", "Yes", true);
        say(Way.STREAM, "ava", "s2", "Yes, I", false);
        say(Way.PACKET, "ava", "p1", "Yes", true);
        say(Way.PACKET, "ava", "p2", "Yes, I can", false);
        say(Way.STREAM, "ava", "s2", "Yes, I can.", true);
        say(Way.PACKET, "ava", "p2", "Yes, I can.", true);
        assertEquals(List.of("ava: Yes", "ava: Yes, I can."), settled());
    }

    /** Any interleaving of two ways that each tell the same turns: each turn once, in order. */
    @Test
    void anyInterleavingOfBothWaysTellsEachTurnOnceAndInOrder() {
        var random = new Random(7);
        String[] words = {"Yes.", "No.", "Yes, please.", "I want a refund.", "I want", "Hello"};
        for (int round = 0; round < 20_000; round++) {
            told.clear();
            var expected = new ArrayList<String>();
            var ways = new ArrayList<List<String[]>>();
            int turns = 1 + random.nextInt(4);
            var texts = new ArrayList<String>();
            for (int t = 0; t < turns; t++) {
                texts.add(words[random.nextInt(words.length)]);
                expected.add("ava: " + texts.get(t));
            }
            for (int w = 0; w < 2; w++) {
                var news = new ArrayList<String[]>();
                for (int t = 0; t < turns; t++) {
                    String text = texts.get(t);
                    for (int i = random.nextInt(3); i > 0; i--) {
                        news.add(new String[] {round + "-" + t, text.substring(0, text.length() / (i + 1)), ""});
                    }
                    news.add(new String[] {round + "-" + t, text, "final"});
                }
                ways.add(news);
            }
            while (!ways.get(0).isEmpty() || !ways.get(1).isEmpty()) {
                int w = ways.get(0).isEmpty() ? 1 : ways.get(1).isEmpty() ? 0 : random.nextInt(2);
                String[] next = ways.get(w).removeFirst();
                say(w == 0 ? Way.STREAM : Way.PACKET, "ava", next[0], next[1], next[2].equals("final"));
            }
            later(SegmentTracker.ABANDONED_MILLIS + 1);
            assertEquals(expected, settled(), "round " + round + ": " + told);
        }
    }

    @Test
    void finalsOfASpeakerComeInTheOrderInWhichTheyWereBegun() {
        say(Way.STREAM, "carl", "1", "First", false);
        say(Way.STREAM, "carl", "2", "Second.", true);
        say(Way.STREAM, "ava", "3", "I listen.", true);
        assertEquals(List.of("ava: I listen."), settled(), "another speaker does not wait");
        say(Way.STREAM, "carl", "1", "First.", true);
        assertEquals(List.of("ava: I listen.", "carl: First.", "carl: Second."), settled());
    }

    @Test
    void anAbandonedSegmentHoldsNobodyBackForLong() {
        say(Way.STREAM, "carl", "1", "First, and then", false);
        say(Way.STREAM, "carl", "2", "Second.", true);
        later(SegmentTracker.HELD_BACK_MILLIS - 1);
        assertEquals(List.of(), settled());
        later(2);
        assertEquals(List.of("carl: First, and then", "carl: Second."), settled());
        Segment first = told.stream().filter(Segment::settled).findFirst().orElseThrow();
        assertFalse(first.complete());
        assertEquals(first.startedAt(), Instant.parse("2026-11-24T10:00:00Z"));
    }

    @Test
    void whatIsUnfinishedIsToldAsItStandsWhenItsSpeakerLeavesOrAtTheEnd() {
        say(Way.STREAM, "carl", "1", "But I", false);
        tracker.left("carl", now);
        say(Way.STREAM, "ava", "2", "Sir, are", false);
        tracker.end(now);
        assertEquals(List.of("carl: But I", "ava: Sir, are"), settled());
        assertTrue(told.stream().filter(Segment::settled).noneMatch(Segment::complete));
    }

    @Test
    void segmentsWithoutAnIdAreSegmentsOfTheirOwn() {
        say(Way.PACKET, "carl", "", "One.", true);
        say(Way.PACKET, "carl", "", "Two.", true);
        say(Way.PACKET, "carl", "", "Two.", true);
        assertEquals(List.of("carl: One.", "carl: Two.", "carl: Two."), settled());
        assertEquals(3, told.stream().map(Segment::id).distinct().count());
    }

    @Test
    void itsMemoryHasABound() {
        for (int i = 0; i < 200_000; i++) {
            say(Way.STREAM, "carl", "s" + i, "text " + i, i % 2 == 0);
            if (i % 1000 == 0) {
                later(40_000);
            }
        }
        for (int i = 0; i < 2_000; i++) {
            say(Way.STREAM, "speaker" + i, "s", "hello", false);
        }
        assertTrue(tracker.held().size() <= 256);
        assertTrue(tracker.held().stream().mapToInt(Integer::intValue).max().orElse(0) < 10_000, tracker.held().toString());
    }
}
