package dev.agentassist.live.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SdpDescriptionTest {

    /** As a LiveKit server's subscriber offers, shortened. */
    private static final String OFFER = """
            v=0
            o=- 4208295166428219532 1764000000 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=msid-semantic:WMS *
            a=fingerprint:sha-256 0F:74:31:25:CB:A2:13:EC:28:6F:6D:2C:61:FF:5D:C2:BC:B9:DB:3D:98:14:8D:1A:BB:EA:33:0C:A4:60:A8:8E
            a=extmap-allow-mixed
            a=group:BUNDLE 0 1 2
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=setup:actpass
            a=mid:0
            a=sendrecv
            a=sctp-port:5000
            a=ice-ufrag:abcd
            a=ice-pwd:efghijklmnopqrstuvwxyz
            a=candidate:233762139 1 udp 2130706431 127.0.0.1 50400 typ host ufrag abcd
            a=candidate:2 1 tcp 1671430143 127.0.0.1 7881 typ host tcptype passive
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63
            c=IN IP4 0.0.0.0
            a=setup:actpass
            a=mid:1
            a=ice-ufrag:abcd
            a=ice-pwd:efghijklmnopqrstuvwxyz
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:63 red/48000/2
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=ssrc:1450295201 cname:PA_x|stream
            a=msid:PA_x|stream TR_y
            a=sendonly
            m=video 0 UDP/TLS/RTP/SAVPF 96
            a=mid:2
            a=inactive
            a=rtpmap:96 VP8/90000
            """;

    @Test
    void readsAnOffer() {
        SdpDescription d = SdpDescription.parse(OFFER);
        assertEquals("abcd", d.ufrag());
        assertEquals("efghijklmnopqrstuvwxyz", d.password());
        assertEquals("actpass", d.setup());
        assertFalse(d.lite());
        assertEquals(1, d.fingerprints().size());
        assertEquals(2, d.candidates().size());
        SdpSection audio = d.sections().get(1);
        assertEquals("1", audio.mid());
        assertTrue(audio.sending());
        assertFalse(audio.receiving());
        assertEquals(List.of(111), audio.payloadTypes("OPUS"));
        assertEquals(Map.of(111, "opus/48000/2", 63, "red/48000/2"), audio.codecs());
        assertEquals(4, audio.midExtension());
        assertEquals("PA_x|stream", audio.streamId());
        assertEquals("TR_y", audio.trackId());
        assertTrue(audio.ssrcs().contains(1450295201L));
        assertTrue(d.sections().get(2).refused());
    }

    @Test
    void readsWhatItWrites() {
        var out = new SdpWriter(
                new SdpWriter.Transport(1, 2, true, "user", "password", "sha-256 AA:BB", List.of("candidate:1 1 udp 5 127.0.0.1 9 typ host")),
                1000);
        out.application("0", "UDP/DTLS/SCTP");
        out.receive("1", "UDP/TLS/RTP/SAVPF", List.of(111), 1, true);
        out.send("2", "UDP/TLS/RTP/SAVPF", List.of(111), 1, "track", 77, "name");
        out.refuse(SdpDescription.parse(OFFER).sections().get(2));
        SdpDescription d = SdpDescription.parse(out.text());
        assertEquals("user", d.ufrag());
        assertEquals("active", d.setup());
        assertEquals(1, d.candidates().size());
        assertTrue(d.sections().get(1).receiving());
        assertEquals("track", d.sections().get(2).trackId());
        assertEquals(1, d.sections().get(2).midExtension());
        assertTrue(d.sections().get(2).ssrcs().contains(77L));
        assertTrue(d.sections().get(3).refused());
        assertTrue(out.text().contains("a=group:BUNDLE 0 1 2\r\n"));
        assertTrue(out.text().lines().allMatch(line -> line.matches("[a-z]=.*")));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                "The description has no ICE credentials.",
                assertThrows(IllegalArgumentException.class, () -> SdpDescription.parse("v=0\r\n")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> SdpDescription.parse("hello"));
        assertThrows(IllegalArgumentException.class, () -> SdpDescription.parse("v=0\n" + "a=x\n".repeat(400_000)));
        assertThrows(IllegalArgumentException.class, () -> SdpDescription.parse("v=0\n" + "m=audio 9 x 1\n".repeat(2000)));
    }

    private static void survives(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(OFFER);
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(300));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                default -> text.insert(at, random.nextBoolean() ? "\n" : "99999999999999999999");
            }
        }
        try {
            SdpDescription d = SdpDescription.parse(text.toString());
            for (SdpSection s : d.sections()) {
                s.sending();
                s.payloadTypes("opus");
            }
            d.candidates();
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        }
    }

    @Property(tries = 10_000, seed = Fixed.SEED)
    void nothingThatArrivesIsTooMuch(@ForAll long seed) {
        survives(seed);
    }

    @Test
    @Tag("slow")
    void nothingThatArrivesIsTooMuchForLong() {
        for (long seed = 0; seed < 300_000; seed++) {
            survives(seed);
        }
    }
}
