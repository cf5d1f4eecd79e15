package dev.agentassist.live.rtc.sctp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Two associations, and a network between them whose time is a number: no test waits. */
final class SimulatedNetwork {

    /** A message that arrived. */
    record Received(int stream, int ppid, byte[] data) {}

    /** One end: what arrived there, and what became of it. */
    static final class End implements SctpAssociation.Listener {
        final List<Received> received = new ArrayList<>();
        final List<Integer> resets = new ArrayList<>();
        boolean established;
        String closed;
        SctpAssociation sctp;

        @Override
        public void established() {
            established = true;
        }

        @Override
        public void message(int stream, int ppid, byte[] data) {
            received.add(new Received(stream, ppid, data));
        }

        @Override
        public void streamReset(int stream) {
            resets.add(stream);
        }

        @Override
        public void closed(String reason) {
            closed = reason;
        }
    }

    private record Packet(long at, long order, End to, byte[] bytes) {}

    private static final long MILLI = 1_000_000L;
    private static final int MAX_PACKET = 1148;

    final End a = new End();
    final End b = new End();
    double lost;
    double repeated;
    double swapped;
    /** One way, in milliseconds. */
    int delay = 10;
    long now;
    long packets;
    Consumer<byte[]> onPacket = bytes -> {};
    private int tagOfA;
    private final Random random;
    private final PriorityQueue<Packet> flying =
            new PriorityQueue<>(Comparator.comparingLong(Packet::at).thenComparingLong(Packet::order));

    SimulatedNetwork(long seed) {
        this(seed, new Random(seed + 1), new Random(seed + 2));
    }

    /** {@code forA} and {@code forB} choose tags and first sequence numbers. */
    SimulatedNetwork(long seed, RandomGenerator forA, RandomGenerator forB) {
        random = new Random(seed);
        a.sctp = new SctpAssociation(() -> now, forA, MAX_PACKET, (p, o, n) -> send(b, p, o, n), a);
        b.sctp = new SctpAssociation(() -> now, forB, MAX_PACKET, (p, o, n) -> send(a, p, o, n), b);
    }

    private void send(End to, byte[] p, int offset, int length) {
        packets++;
        if (length > MAX_PACKET) {
            throw new AssertionError("a packet of " + length + " bytes");
        }
        byte[] bytes = Arrays.copyOfRange(p, offset, offset + length);
        onPacket.accept(bytes);
        if (to == a && Chunk.i32(bytes, 4) != 0) {
            tagOfA = Chunk.i32(bytes, 4);
        }
        if (random.nextDouble() < lost) {
            return;
        }
        for (int copies = random.nextDouble() < repeated ? 2 : 1; copies > 0; copies--) {
            int late = random.nextDouble() < swapped ? random.nextInt(40) : 0;
            flying.add(new Packet(now + (delay + late) * MILLI, packets * 2 + copies, to, bytes));
        }
    }

    /** What packets to A bear. */
    int tagOfA() {
        return tagOfA;
    }

    void connect() {
        a.sctp.connect();
        b.sctp.connect();
        // More than once: a handshake that waits four seconds to try again looks quiet.
        for (int i = 0; i < 20 && !(a.established && b.established); i++) {
            run(60_000);
        }
        if (!a.established || !b.established) {
            throw new AssertionError("not established: " + a.closed + ", " + b.closed);
        }
    }

    /** Until nothing flies and no timer but the heartbeats' would do anything, or so many milliseconds have passed. */
    void run(long millis) {
        long end = now + millis * MILLI;
        long quiet = 0;
        while (now < end && quiet < 3000 * MILLI) {
            long next = end;
            for (SctpAssociation s : List.of(a.sctp, b.sctp)) {
                if (s.deadline() >= 0) {
                    next = Math.min(next, Math.max(now, s.deadline()));
                }
            }
            boolean packet = !flying.isEmpty() && flying.peek().at <= next;
            next = packet ? flying.peek().at : next;
            quiet = packet || a.sctp.buffered() + b.sctp.buffered() > 0 ? 0 : quiet + (next - now);
            now = next;
            if (packet) {
                Packet p = flying.poll();
                p.to.sctp.input(p.bytes, 0, p.bytes.length);
            } else {
                tick(a.sctp);
                tick(b.sctp);
            }
        }
    }

    private void tick(SctpAssociation s) {
        if (s.deadline() >= 0 && s.deadline() <= now) {
            s.tick();
        }
    }
}
