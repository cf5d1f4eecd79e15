package dev.agentassist.live.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IceCandidateTest {

    private static final List<String> SAMPLES = List.of(
            "candidate:233762139 1 udp 2130706431 192.0.2.7 50400 typ host ufrag abcd",
            "candidate:2 1 tcp 1671430143 2001:db8::1 7881 typ host tcptype passive",
            "candidate:3 1 UDP 1694498815 198.51.100.1 4444 typ srflx raddr 10.0.0.1 rport 5555",
            "candidate:4 1 udp 16777215 198.51.100.2 3333 typ relay raddr 198.51.100.1 rport 4444 generation 0");

    @Test
    void readsWhatServersWrite() {
        IceCandidate host = IceCandidate.parse("a=" + SAMPLES.get(0));
        assertEquals(new InetSocketAddress("192.0.2.7", 50400), host.address());
        assertEquals(2130706431L, host.priority());
        IceCandidate tcp = IceCandidate.parse(SAMPLES.get(1));
        assertTrue(tcp.tcp());
        assertEquals("passive", tcp.tcpType());
        assertEquals(IceCandidate.Type.SRFLX, IceCandidate.parse(SAMPLES.get(2)).type());
        assertEquals(IceCandidate.Type.RELAY, IceCandidate.parse(SAMPLES.get(3)).type());
    }

    @Test
    void leavesOutWhatIsOfNoUse() {
        assertNull(IceCandidate.parse("candidate:1 2 udp 1 192.0.2.7 5 typ host"), "another component");
        assertNull(IceCandidate.parse("candidate:1 1 udp 1 secret.local 5 typ host"), "a name that would be looked up");
        assertNull(IceCandidate.parse("candidate:1 1 udp 1 192.0.2.7 0 typ host"));
        assertNull(IceCandidate.parse("candidate:1 1 tcp 1 192.0.2.7 5 typ host"), "TCP without its type");
        assertNull(IceCandidate.parse("candidate:1 1 udp 1 300.0.2.7 5 typ host"));
        assertNull(IceCandidate.parse(""));
        assertNull(IceCandidate.parse(null));
        assertNull(IceCandidate.parse("candidate:" + "9".repeat(1000) + " 1 udp 1 192.0.2.7 5 typ host"));
    }

    @Test
    void readsWhatItWrites() {
        for (String sample : SAMPLES) {
            IceCandidate read = IceCandidate.parse(sample);
            assertEquals(read, IceCandidate.parse(read.text()));
        }
    }

    @Property(tries = 20_000, seed = Fixed.SEED)
    void nothingThatArrivesIsTooMuch(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(96)));
        }
        IceCandidate read = IceCandidate.parse(text.toString());
        if (read != null) {
            assertNotNull(read.address().getAddress());
        }
    }

    @Test
    void readsServersAddresses() {
        assertEquals(new TurnUrl(true, false, false, "turn.example.com", 3478), TurnUrl.parse("turn:turn.example.com"));
        assertEquals(
                new TurnUrl(true, true, true, "turn.example.com", 443),
                TurnUrl.parse("turns:turn.example.com:443?transport=tcp"));
        assertEquals(new TurnUrl(true, false, true, "2001:db8::1", 80), TurnUrl.parse("turn:[2001:db8::1]:80?transport=tcp"));
        assertEquals(new TurnUrl(false, false, false, "192.0.2.1", 19302), TurnUrl.parse("stun:192.0.2.1:19302"));
        for (String bad : List.of("http://x", "turn:", "turn:x:0", "turn:x:99999", "turns:x?transport=udp", "stuns:x", "turn:a b")) {
            assertNull(TurnUrl.parse(bad), bad);
        }
    }
}
