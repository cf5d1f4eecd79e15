package dev.agentassist.live.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is promised of delivery holds on a network that loses, repeats and reorders. */
class SctpAssociationTest {

    private static final int RELIABLE = 0;
    private static final int UNORDERED = 2;
    private static final int LOSSY = 4;
    private static final int LOSSY_ORDERED = 6;

    /** A number, and bytes that follow from it. */
    private static byte[] message(int number, int size) {
        byte[] bytes = new byte[Math.max(4, size)];
        new Random(number).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(number);
        return bytes;
    }

    private static int number(SimulatedNetwork.Received r) {
        int number = ByteBuffer.wrap(r.data()).getInt();
        assertArrayEquals(message(number, r.data().length), r.data());
        return number;
    }

    private static List<Integer> numbers(SimulatedNetwork.End end, int stream) {
        return end.received.stream().filter(r -> r.stream() == stream).map(SctpAssociationTest::number).toList();
    }

    private void everythingHolds(long seed, int count) {
        var random = new Random(seed);
        var net = new SimulatedNetwork(seed);
        net.lost = random.nextInt(4) * 0.05;
        net.repeated = random.nextInt(3) * 0.05;
        net.swapped = random.nextInt(3) * 0.1;
        net.delay = 1 + random.nextInt(60);
        net.connect();
        for (int i = 0; i < count; i++) {
            int size = random.nextInt(10) == 0 ? random.nextInt(70_000) : random.nextInt(1500);
            net.a.sctp.send(RELIABLE, 53, message(i, size), false, null);
            net.a.sctp.send(UNORDERED, 53, message(i, size / 2), true, null);
            net.a.sctp.send(LOSSY, 53, message(i, size / 3), true, 0);
            net.a.sctp.send(LOSSY_ORDERED, 53, message(i, size / 4), false, 1);
            net.b.sctp.send(RELIABLE, 53, message(i, 50), false, null);
            net.run(random.nextInt(30));
        }
        net.run(600_000);
        String where = "seed " + seed + ", " + net.a.closed + ", " + net.b.closed;
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(i);
        }
        assertEquals(all, numbers(net.b, RELIABLE), where);
        assertEquals(all, numbers(net.a, RELIABLE), where);
        assertEquals(all, numbers(net.b, UNORDERED).stream().sorted().toList(), where);
        Set<Integer> lossy = new HashSet<>(numbers(net.b, LOSSY));
        assertEquals(lossy.size(), numbers(net.b, LOSSY).size(), where);
        List<Integer> ordered = numbers(net.b, LOSSY_ORDERED);
        assertEquals(ordered.stream().distinct().sorted().toList(), ordered, where);
        if (net.lost == 0 && net.swapped == 0) {
            assertEquals(all, ordered, where);
            assertEquals(count, lossy.size(), where);
        }
        assertEquals(0, net.b.sctp.held(), where);
        assertEquals(0, net.a.sctp.buffered(), where);
    }

    @Test
    void reliableIsCompleteAndInOrderWhateverTheNetworkDoes() {
        for (long seed = 0; seed < 60; seed++) {
            everythingHolds(seed, 60);
        }
    }

    @Test
    @Tag("slow")
    void reliableIsCompleteAndInOrderOverManyNetworks() {
        for (long seed = 1000; seed < 4000; seed++) {
            everythingHolds(seed, 80);
        }
    }

    /** Chooses sequence numbers just before the end of their range. */
    private static Random atTheEnd() {
        return new Random(7) {
            private static final long serialVersionUID = 1L;
            private int calls;

            @Override
            public int nextInt() {
                return calls++ == 0 ? 0x12345678 : -20;
            }
        };
    }

    @Test
    void sequenceNumbersBeginAnew() {
        var net = new SimulatedNetwork(3, atTheEnd(), atTheEnd());
        net.lost = 0.02;
        net.connect();
        // More than the 65,536 that stream sequence numbers have.
        for (int i = 0; i < 66_000; i++) {
            net.a.sctp.send(RELIABLE, 53, message(i, 4), false, null);
            if (i % 100 == 0) {
                net.run(20);
            }
        }
        net.run(900_000);
        assertEquals(66_000, net.b.received.size());
        for (int i = 0; i < 66_000; i++) {
            assertEquals(i, number(net.b.received.get(i)));
        }
    }

    @Test
    void aReaderThatStopsHoldsTheSenderBack() {
        var net = new SimulatedNetwork(5);
        net.connect();
        net.b.sctp.pause(true);
        for (int i = 0; i < 400; i++) {
            net.a.sctp.send(RELIABLE, 53, message(i, 20_000), false, null);
        }
        net.run(30_000);
        assertEquals(0, net.b.received.size());
        assertTrue(net.b.sctp.held() <= 2 * Inbound.WINDOW, "held " + net.b.sctp.held());
        assertTrue(net.a.sctp.buffered() > 5_000_000, "the sender keeps the rest");
        net.b.sctp.pause(false);
        net.run(60_000);
        assertEquals(400, net.b.received.size());
        assertNull(net.b.closed);
    }

    @Test
    void emptyMessagesDoNotEscapeTheBound() {
        var net = new SimulatedNetwork(6);
        net.connect();
        net.b.sctp.pause(true);
        for (int i = 0; i < 100_000; i++) {
            net.a.sctp.send(RELIABLE, 53, new byte[1], false, null);
        }
        net.run(60_000);
        assertTrue(net.b.sctp.held() <= 2 * Inbound.WINDOW, "held " + net.b.sctp.held());
        net.b.sctp.pause(false);
        net.run(600_000);
        assertEquals(100_000, net.b.received.size());
    }

    @Test
    void afterAnOutageTheRestFollowsAtOnce() {
        var net = new SimulatedNetwork(8);
        net.connect();
        net.lost = 1;
        for (int i = 0; i < 20; i++) {
            net.a.sctp.send(RELIABLE, 53, message(i, 3000), false, null);
        }
        net.run(20_000);
        net.lost = 0;
        long mended = net.now;
        net.a.sctp.pathRestored();
        while (net.b.received.size() < 20 && net.now - mended < 10_000_000_000L) {
            net.run(1);
        }
        assertEquals(20, net.b.received.size());
        assertTrue(net.now - mended < 1_000_000_000L, (net.now - mended) / 1e9 + " s of simulated time");
    }

    @Test
    void somebodyWhoNeverAnswersIsGivenUp() {
        var net = new SimulatedNetwork(9);
        net.lost = 1;
        net.a.sctp.connect();
        for (int i = 0; i < 100 && net.a.closed == null; i++) {
            net.run(5000);
        }
        assertNotNull(net.a.closed);

        var later = new SimulatedNetwork(10);
        later.connect();
        later.lost = 1;
        later.a.sctp.send(RELIABLE, 53, new byte[10], false, null);
        later.run(600_000);
        assertNotNull(later.a.closed);
    }

    @Test
    void anAbortEndsTheOtherSide() {
        var net = new SimulatedNetwork(11);
        net.connect();
        net.a.sctp.abort();
        net.run(1000);
        assertEquals("the other side aborted SCTP", net.b.closed);
    }

    @Test
    void aMessageThatIsTooLargeEndsTheAssociation() {
        var net = new SimulatedNetwork(12);
        net.connect();
        net.a.sctp.send(RELIABLE, 53, new byte[3_000_000], false, null);
        net.run(120_000);
        assertTrue(net.b.closed.contains("larger than"), net.b.closed);
        assertTrue(net.b.sctp.held() <= 2 * Inbound.WINDOW);
    }

    @Test
    void dataChannelOpenReadsWhatItWrites() {
        for (Dcep each : List.of(
                new Dcep("_reliable", true, null), new Dcep("_lossy", false, 0), new Dcep("", true, 3), new Dcep("ü→", false, null))) {
            assertEquals(each, Dcep.parse(each.write()));
            for (int n = 0; n < each.write().length; n++) {
                assertNull(Dcep.parse(Arrays.copyOf(each.write(), n)));
            }
        }
    }
}
