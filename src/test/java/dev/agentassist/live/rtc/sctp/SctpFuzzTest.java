package dev.agentassist.live.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packets as somebody would send who knows the tag and the checksum, and means no good. */
class SctpFuzzTest {

    /** An association that is up, and what its packets to us must bear. */
    private static final class Victim {
        final SimulatedNetwork net;
        final List<byte[]> seen = new ArrayList<>();
        int tag;

        Victim(long seed) {
            net = new SimulatedNetwork(seed);
            net.onPacket = bytes -> {
                if (seen.size() < 200) {
                    seen.add(bytes);
                }
            };
            net.connect();
            for (int i = 0; i < 10; i++) {
                net.a.sctp.send(0, 53, new byte[3000], false, null);
                net.b.sctp.send(0, 53, new byte[3000], false, null);
                net.a.sctp.send(4, 53, new byte[2000], true, 0);
            }
            net.run(5000);
            net.onPacket = bytes -> {};
            tag = net.tagOfA();
        }
    }

    private static byte[] sealed(byte[] packet) {
        var b = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(8, 0);
        var crc = new CRC32C();
        crc.update(packet);
        b.putInt(8, (int) crc.getValue());
        return packet;
    }

    private static final int[] TYPES = {0, 0, 0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 130, 192, 192, 200};

    private static byte[] soup(Random random, Victim victim) {
        int kind = random.nextInt(3);
        if (kind == 0 && !victim.seen.isEmpty()) {
            byte[] bytes = victim.seen.get(random.nextInt(victim.seen.size())).clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
            }
            ByteBuffer.wrap(bytes).putInt(4, victim.tag);
            return sealed(bytes);
        }
        var b = ByteBuffer.allocate(12 + random.nextInt(300) + 16);
        random.nextBytes(b.array());
        // INIT has no tag.
        b.putInt(4, random.nextInt(8) == 0 ? 0 : victim.tag);
        for (int at = 12; at + 16 <= b.capacity(); ) {
            int size = random.nextInt(6) == 0 ? random.nextInt(70_000) : 4 + random.nextInt(60);
            b.put(at, (byte) TYPES[random.nextInt(TYPES.length)]);
            b.putShort(at + 2, (short) size);
            if (random.nextBoolean()) {
                // A sequence number near those that are expected.
                b.putInt(at + 4, random.nextInt(64) - 20 + (int) victim.net.a.sctp.cumulative());
            }
            at += Math.max(4, size + 3 & ~3);
        }
        return sealed(b.array());
    }

    private static void survives(long seed, int packets) {
        var random = new Random(seed);
        var victim = new Victim(seed % 7);
        SctpAssociation sctp = victim.net.a.sctp;
        for (int i = 0; i < packets; i++) {
            byte[] bytes = soup(random, victim);
            sctp.input(bytes, 0, bytes.length);
            if (random.nextInt(50) == 0) {
                victim.net.now += 100_000_000L;
                sctp.tick();
            }
            assertTrue(sctp.held() <= 2 * Inbound.WINDOW, "held " + sctp.held());
            if (victim.net.a.closed != null) {
                // As it may, when it is told to abort.
                victim = new Victim(seed % 7);
                sctp = victim.net.a.sctp;
            }
            victim.net.a.received.clear();
        }
    }

    @Property(tries = 100, seed = Fixed.SEED)
    void nothingThatArrivesIsTooMuch(@ForAll long seed) {
        survives(Math.abs(seed), 200);
    }

    @Test
    @Tag("slow")
    void nothingThatArrivesIsTooMuchForLong() {
        for (long seed = 0; seed < 500; seed++) {
            survives(seed, 2000);
        }
    }
}
