package dev.agentassist.live.rtc.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StunMessageTest {

    /** RFC 5769, section 2.1. */
    private static final String REQUEST = "000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

    /** RFC 5769, section 2.2. */
    private static final String RESPONSE = "0101003c2112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220002000080001a147e112a643"
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private static final StunKey KEY = StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    private static StunMessage parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return StunMessage.parse(bytes, 0, bytes.length);
    }

    @Test
    void readsTheSamplesOfRfc5769() {
        StunMessage request = parse(REQUEST);
        assertEquals(Stun.BINDING_REQUEST, request.type());
        assertEquals("evtj:h6vY", request.text(Stun.USERNAME));
        assertEquals(0x6e0001ffL, request.u32(Stun.PRIORITY));
        assertEquals(0x932ff9b151263b36L, request.u64(Stun.ICE_CONTROLLED));
        assertTrue(request.verify(KEY));
        assertFalse(request.verify(StunKey.shortTerm("another")));
        StunMessage response = parse(RESPONSE);
        assertTrue(Stun.isSuccess(response.type()));
        assertTrue(response.verify(KEY));
        assertEquals(new InetSocketAddress("192.0.2.1", 32853), response.xorAddress(Stun.XOR_MAPPED_ADDRESS));
        assertEquals(request.transaction(), response.transaction());
    }

    @Property(tries = 2000, seed = Fixed.SEED)
    void readsWhatItWrites(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        byte[] data = new byte[random.nextInt(600)];
        random.nextBytes(data);
        byte[] ip = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(ip);
        // An address that Java would turn into an IPv4 one is none of this test's matter.
        ip[0] = 0x20;
        var address = new InetSocketAddress(InetAddress.getByAddress(ip), random.nextInt(65536));
        var id = TransactionId.random();
        byte[] written = new StunBuilder(Stun.SEND_INDICATION, id)
                .add(Stun.DATA, data)
                .addXorAddress(Stun.XOR_PEER_ADDRESS, address)
                .addError(438)
                .add64(Stun.ICE_CONTROLLING, seed)
                .buildForIce(KEY);
        StunMessage read = StunMessage.parse(written, 0, written.length);
        assertArrayEquals(data, read.value(Stun.DATA));
        assertEquals(address, read.xorAddress(Stun.XOR_PEER_ADDRESS));
        assertEquals(438, read.errorCode());
        assertEquals(seed, read.u64(Stun.ICE_CONTROLLING));
        assertEquals(id, read.transaction());
        assertTrue(read.verify(KEY));
    }

    @Test
    void whatIsCutOffIsNoMessage() {
        byte[] whole = HexFormat.of().parseHex(REQUEST);
        for (int n = 0; n < whole.length; n++) {
            assertNull(StunMessage.parse(Arrays.copyOf(whole, n), 0, n));
        }
    }

    @Test
    void attributesBehindTheIntegrityDoNotCount() {
        byte[] signed = new StunBuilder(Stun.BINDING_REQUEST, TransactionId.random()).build(KEY);
        byte[] more = Arrays.copyOf(signed, signed.length + 4);
        more[3] += 4;
        more[signed.length + 1] = Stun.USE_CANDIDATE;
        StunMessage read = StunMessage.parse(more, 0, more.length);
        assertNotNull(read);
        assertFalse(read.has(Stun.USE_CANDIDATE));
    }

    private static void survives(long seed) {
        var random = new Random(seed);
        byte[] bytes = HexFormat.of().parseHex(random.nextBoolean() ? REQUEST : RESPONSE);
        for (int i = random.nextInt(6); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        StunMessage m = StunMessage.parse(bytes, 0, length);
        if (m != null) {
            for (int attribute : new int[] {0, 6, 8, 9, 0x12, 0x20, 0x24, 0x8028, 0x8029}) {
                m.has(attribute);
                m.value(attribute);
                m.text(attribute);
                m.u32(attribute);
                m.u64(attribute);
                m.xorAddress(attribute);
            }
            m.errorCode();
            m.verify(KEY);
        }
    }

    @Property(tries = 20_000, seed = Fixed.SEED)
    void nothingThatArrivesIsTooMuch(@ForAll long seed) {
        survives(seed);
    }

    @Test
    @Tag("slow")
    void nothingThatArrivesIsTooMuchForLong() {
        for (long seed = 0; seed < 2_000_000; seed++) {
            survives(seed);
        }
    }
}
