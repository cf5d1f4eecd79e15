package dev.agentassist.live.audio;

import static dev.agentassist.live.audio.Sounds.FRAME;
import static dev.agentassist.live.audio.Sounds.FRAME_NANOS;
import static dev.agentassist.live.audio.Sounds.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.AudioPacket;
import dev.agentassist.testkit.Fixed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Packets find their order and their place, whatever the network and the sender do. */
class TrackTest {

    private static final byte[] OPUS = OpusPacket.silence(FRAME);

    private final List<Timeline.Placed> placed = new ArrayList<>();
    private final Track track = new Track(START, placed::add);

    private static AudioPacket at(long sequence, long timestamp, long arrivalNanos) {
        return Sounds.packet("TR", "a", sequence, timestamp, OPUS, arrivalNanos);
    }

    private void add(long sequence, long timestamp, long arrivalNanos) {
        track.add(at(sequence, timestamp, arrivalNanos));
        track.tick(arrivalNanos);
    }

    private List<Long> positions() {
        return placed.stream().map(Timeline.Placed::position).toList();
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void shuffledPacketsComeOutInOrderAndMissingOnesAreCounted(
            @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long firstTimestamp,
            @ForAll @LongRange(min = 0, max = 1L << 40) long firstSequence,
            @ForAll Random random) {
        placed.clear();
        var mine = new Track(START, placed::add);
        var packets = new ArrayList<AudioPacket>();
        int lost = 0;
        for (int i = 0; i < 200; i++) {
            if (i > 0 && random.nextInt(10) == 0) {
                lost++;
                continue;
            }
            long late = i == 0 ? 0 : random.nextInt(70) * 1_000_000L;
            packets.add(at(firstSequence + i, firstTimestamp + (long) i * FRAME, START + i * FRAME_NANOS + late));
        }
        packets.sort(java.util.Comparator.comparingLong(AudioPacket::arrivalNanos));
        packets.forEach(mine::add);
        mine.flush();
        assertEquals(packets.size(), placed.size());
        int missing = 0;
        for (Timeline.Placed p : placed) {
            long i = p.packet().sequence() - firstSequence;
            assertEquals(i * FRAME, p.position(), "its place does not depend on when it came");
            missing += Math.max(0, p.missing());
        }
        assertTrue(lost >= missing, "what was lost at the end is not known of");
        assertEquals(placed.getLast().packet().sequence() - firstSequence + 1 - placed.size(), missing);
    }

    @Test
    void theNumbersRollOver() {
        for (int i = 0; i < 100; i++) {
            add(65_500 + i, 0xffff_ffffL - 20L * FRAME + (long) i * FRAME, START + i * FRAME_NANOS);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals((long) i * FRAME, positions().get(i));
        }
    }

    @Test
    void aSilenceThatTheTimestampsCountIsKept() {
        add(1, 0, START);
        add(2, FRAME, START + FRAME_NANOS);
        // DTX: nothing was sent for three seconds, and the numbers go on.
        add(3, FRAME + 3 * 48_000, START + 3_020_000_000L);
        assertEquals(List.of(0L, 960L, 144_960L), positions());
        assertEquals(0, placed.getLast().missing());
    }

    @Test
    void aPauseThatTheTimestampsDoNotCountIsSeenByArrival() {
        for (int i = 0; i < 50; i++) {
            add(i, (long) i * FRAME, START + i * FRAME_NANOS);
        }
        for (int i = 50; i < 100; i++) {
            add(i, (long) i * FRAME, START + 3_000_000_000L + i * FRAME_NANOS);
        }
        track.flush();
        assertEquals(50L * FRAME + 3 * 48_000, positions().get(50));
        assertEquals(99L * FRAME + 3 * 48_000, positions().getLast());
    }

    @Test
    void aBurstAfterAStalledNetworkBelongsWhereItWasSaid() {
        for (int i = 0; i < 300; i++) {
            long arrival = START + i * FRAME_NANOS;
            boolean stalled = i >= 50 && i < 150;
            add(i, (long) i * FRAME, stalled ? START + 150 * FRAME_NANOS : arrival);
        }
        track.flush();
        assertEquals(300, placed.size());
        for (int i = 0; i < 300; i++) {
            assertEquals((long) i * FRAME, positions().get(i), "packet " + i);
        }
    }

    @Test
    void anotherStreamBeginsWhereItArrives() {
        for (int i = 0; i < 50; i++) {
            add(40_000 + i, 7_000_000L + (long) i * FRAME, START + i * FRAME_NANOS);
        }
        // A rejoin: everything is counted anew.
        for (int i = 0; i < 50; i++) {
            add(12 + i, 4_000_000_000L + (long) i * FRAME, START + 2_000_000_000L + i * FRAME_NANOS);
        }
        track.tick(START + 10_000_000_000L);
        assertEquals(100, placed.size());
        assertEquals(2L * 48_000, positions().get(50));
        assertEquals(2L * 48_000 + 49 * FRAME, positions().getLast());
    }

    @Property(tries = 40, seed = Fixed.SEED)
    void aClockThatRunsDifferentlyNeverStraysFar(@ForAll @IntRange(min = -300, max = 300) int partsPerMillion) {
        placed.clear();
        var mine = new Track(START, placed::add);
        for (int i = 0; i < 180_000; i++) {
            long arrival = START + (long) (i * FRAME_NANOS * (1 + partsPerMillion / 1e6));
            mine.add(at(i, (long) i * FRAME, arrival));
            if (!placed.isEmpty()) {
                Timeline.Placed last = placed.getLast();
                long off = Timeline.position(START, last.packet().arrivalNanos()) - last.position();
                assertTrue(Math.abs(off) <= 48 * 110, "after an hour it is still within 110 ms: " + off);
                placed.clear();
            }
        }
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void anyNumbersWhateverAreHandled(@ForAll Random random) {
        placed.clear();
        var mine = new Track(START, placed::add);
        long now = START;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(60_000_000);
            mine.add(at(random.nextInt(70_000), random.nextInt() & 0xffff_ffffL, now));
            mine.tick(now);
        }
        mine.flush();
        assertTrue(placed.size() <= 500);
    }

    @Test
    void nothingIsHeldForEver() {
        add(1, 0, START);
        for (int i = 3; i < 9; i++) {
            add(i, (i - 1L) * FRAME, START + (i - 1) * FRAME_NANOS);
        }
        track.tick(START + 9 * FRAME_NANOS + PacketOrder.HOLD_NANOS);
        assertEquals(7, placed.size());
        assertEquals(1, placed.get(1).missing());
        assertEquals(Collections.max(positions()), positions().getLast());
    }
}
