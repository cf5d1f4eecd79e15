package dev.agentassist.live.rtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SrtpSessionTest {

    private static final byte[] KEY = hex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] SALT = hex("0ec675ad498afeebb6960b3aabe6");
    private static final byte[] GCM_KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] GCM_SALT = hex("a0a1a2a3a4a5a6a7a8a9aaab");
    private static final SrtpSession ANY_GCM = SrtpSession.gcm(GCM_KEY, GCM_SALT);
    private static final SrtpSession ANY_CM = SrtpSession.counterMode(KEY, SALT);
    private static final String PLAIN = "800f1234decafbadcafebabe" + "ab".repeat(16);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static SrtpSession session(boolean gcm) {
        return gcm ? SrtpSession.gcm(GCM_KEY, GCM_SALT) : SrtpSession.counterMode(KEY, SALT);
    }

    /** RFC 3711, appendix B.3. */
    @Test
    void derivesTheKeysOfRfc3711() {
        assertArrayEquals(
                hex("c61e7a93744f39ee10734afe3ff7a087"), KeyDerivation.derive(KEY, SALT, KeyDerivation.RTP_ENCRYPTION, 16));
        assertArrayEquals(
                hex("30cbbc08863d8c85d49db34a9ae1"), KeyDerivation.derive(KEY, SALT, KeyDerivation.RTP_SALT, 14));
        assertArrayEquals(
                hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"),
                KeyDerivation.derive(KEY, SALT, KeyDerivation.RTP_AUTHENTICATION, 20));
    }

    /** The reference packets of libsrtp's own test ({@code test/srtp_driver.c}). */
    @Test
    void encryptsAsLibsrtpDoes() {
        byte[] plain = hex(PLAIN);
        assertEquals(
                "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
                HexFormat.of().formatHex(session(false).protect(plain, plain.length, 12, 0xcafebabeL)));
        assertEquals(
                "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392",
                HexFormat.of().formatHex(session(true).protect(plain, plain.length, 12, 0xcafebabeL)));
    }

    private static byte[] packet(int sequence, int size) {
        var b = ByteBuffer.allocate(12 + size).put((byte) 0x80).put((byte) 111).putShort((short) sequence);
        return b.putInt(960 * sequence).putInt(77).array();
    }

    private static SrtpSession.Plain open(SrtpSession session, byte[] packet) {
        return session.unprotect(packet, 0, packet.length);
    }

    @Test
    void countsBeyondSixteenBitsAndTakesNothingTwice() {
        for (boolean gcm : new boolean[] {true, false}) {
            SrtpSession sender = session(gcm);
            SrtpSession receiver = session(gcm);
            byte[] late = null;
            for (int i = 65_000; i <= 140_000; i += 10) {
                byte[] sent = sender.protect(packet(i, 20), 32, 12, 77);
                if (i == 139_990) {
                    late = sent;
                    continue;
                }
                SrtpSession.Plain plain = open(receiver, sent);
                assertEquals(i, plain.index());
                if (i % 1000 == 0) {
                    assertNull(open(receiver, sent), "a replay");
                }
            }
            assertEquals(139_990, open(receiver, late).index());
            assertNull(open(receiver, late), "a late replay");
        }
    }

    @Test
    void whatWasChangedIsRefused() {
        for (boolean gcm : new boolean[] {true, false}) {
            SrtpSession receiver = session(gcm);
            byte[] sent = session(gcm).protect(packet(9, 20), 32, 12, 77);
            for (int bit = 0; bit < sent.length * 8; bit++) {
                byte[] changed = sent.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertNull(open(receiver, changed));
            }
            assertNotNull(open(receiver, sent));
        }
    }

    @Test
    void reportsGoThereAndBack() {
        for (boolean gcm : new boolean[] {true, false}) {
            SrtpSession sender = session(gcm);
            SrtpSession receiver = session(gcm);
            var reception = new Reception(5, 48000);
            for (int i = 0; i < 100; i++) {
                if (i % 10 != 3) {
                    reception.packet(i, 960L * i, 20_000_000L * i);
                }
            }
            assertEquals(10, reception.lost());
            byte[] report = Rtcp.report(9, new Rtcp.Sent(9, 1, 2, 3), List.of(reception), "name", 1_000_000, 5);
            assertEquals(0, report.length % 4);
            byte[] sealed = sender.protectRtcp(report);
            assertTrue(Rtcp.is(sealed, 0, sealed.length));
            assertArrayEquals(report, receiver.unprotectRtcp(sealed, 0, sealed.length));
            assertNull(receiver.unprotectRtcp(sealed, 0, sealed.length), "a replay");
            long[] seen = new long[1];
            Rtcp.read(report, (ssrc, middle) -> seen[0] = ssrc);
            assertEquals(9, seen[0]);
        }
    }

    private static void survives(long seed) {
        var random = new Random(seed);
        boolean gcm = random.nextBoolean();
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        if (bytes.length > 0) {
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3f);
        }
        SrtpSession session = gcm ? ANY_GCM : ANY_CM;
        assertNull(session.unprotect(bytes, 0, bytes.length));
        assertNull(session.unprotectRtcp(bytes, 0, bytes.length));
        Rtcp.is(bytes, 0, bytes.length);
        Rtcp.read(bytes, (ssrc, middle) -> {});
        RtpHeader header = RtpHeader.parse(bytes, 0, bytes.length);
        if (header != null) {
            for (int id = 0; id < 17; id++) {
                header.text(bytes, id);
            }
            assertTrue(header.payloadEnd(bytes) >= header.length() && header.payloadEnd(bytes) <= bytes.length);
        }
    }

    @Property(tries = 5_000, seed = Fixed.SEED)
    void nothingThatArrivesIsTooMuch(@ForAll long seed) {
        survives(seed);
    }

    @Test
    @Tag("slow")
    void nothingThatArrivesIsTooMuchForLong() {
        for (long seed = 0; seed < 500_000; seed++) {
            survives(seed);
        }
    }

    @Test
    void findsTheMidInBothForms() {
        byte[] one = hex("90ef0001000000010000004d" + "bede0002" + "22313233" + "00100000" + "aa");
        assertEquals("123", RtpHeader.parse(one, 0, one.length).text(one, 2));
        byte[] two = hex("90ef0001000000010000004d" + "10000002" + "000101ff" + "02023435" + "aa");
        assertNull(RtpHeader.parse(two, 0, two.length).text(two, 3));
        assertEquals("45", RtpHeader.parse(two, 0, two.length).text(two, 2));
        assertNull(RtpHeader.parse(Arrays.copyOf(one, 15), 0, 15));
    }
}
