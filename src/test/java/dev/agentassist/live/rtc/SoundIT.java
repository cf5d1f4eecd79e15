package dev.agentassist.live.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sound through a real LiveKit server: packets as they were sent, and whose they are. */
class SoundIT {

    /** A packet that any Opus decoder takes: 20 ms of silence (RFC 6716, section 3.1), and our number behind it. */
    private static byte[] opus(int speaker, int number) {
        return ByteBuffer.allocate(11).put((byte) 0xf8).put((byte) 0xff).put((byte) 0xfe).putInt(speaker).putInt(number).array();
    }

    @Test
    void inBothModesAndFromTwoSpeakers() throws Exception {
        try (var server = LiveKitServerPart.start()) {
            for (boolean single : new boolean[] {true, false}) {
                String room = "sound-" + single;
                var got = new CopyOnWriteArrayList<RtpPacket>();
                var listening = new RtcClient.Options();
                listening.single = single;
                listening.autoSubscribe = true;
                listening.also = new PeerListener() {
                    @Override
                    public void onRtp(RtpPacket packet) {
                        got.add(packet);
                    }
                };
                try (var listener = RtcClient.join(server.url(), room, "listener", listening);
                        var first = RtcClient.join(server.url(), room, "first", speaking());
                        var second = RtcClient.join(server.url(), room, "second", speaking())) {
                    listener.connected.get(60, TimeUnit.SECONDS);
                    first.connected.get(60, TimeUnit.SECONDS);
                    second.connected.get(60, TimeUnit.SECONDS);
                    int[] number = {0};
                    // 20 ms of sound in 20 ms, until fifty packets of each are there.
                    Await.until("the sound of both is there", () -> {
                        first.sender.send(opus(1, number[0]), 960L * number[0], number[0] == 0);
                        second.sender.send(opus(2, number[0]), 960L * number[0], number[0] == 0);
                        number[0]++;
                        return of(got, 1).size() >= 50 && of(got, 2).size() >= 50;
                    });
                    check(listener, of(got, 1));
                    check(listener, of(got, 2));
                    assertEquals(2, got.stream().map(RtpPacket::mid).collect(Collectors.toSet()).size());
                    assertTrue(listener.connection.stats().rtpReceived() >= 100);
                }
            }
        }
    }

    private static RtcClient.Options speaking() {
        var options = new RtcClient.Options();
        options.publisher = true;
        options.audioTrack = "track-" + System.nanoTime();
        return options;
    }

    private static List<RtpPacket> of(List<RtpPacket> packets, int speaker) {
        return packets.stream()
                .filter(p -> p.payload().length == 11 && ByteBuffer.wrap(p.payload()).getInt(3) == speaker)
                .toList();
    }

    /** One stream of one section that is known; the numbers rise as the timestamps do. */
    private static void check(RtcClient listener, List<RtpPacket> packets) {
        assertEquals(1, packets.stream().map(RtpPacket::ssrc).collect(Collectors.toSet()).size());
        Set<String> mids = packets.stream().map(RtpPacket::mid).collect(Collectors.toSet());
        assertEquals(1, mids.size(), () -> packets.stream().map(p -> p.sequence() + ":" + p.mid()).limit(12) .toList().toString());
        String mid = mids.iterator().next();
        assertNotNull(mid);
        MediaSection section = listener.connection.remoteSections().stream()
                .filter(s -> s.mid().equals(mid))
                .findFirst()
                .orElseThrow();
        assertTrue(section.sending());
        assertNotNull(section.trackId());
        assertTrue(section.trackId().startsWith("TR_"), section.trackId());
        RtpPacket base = packets.getFirst();
        int baseNumber = ByteBuffer.wrap(base.payload()).getInt(7);
        for (RtpPacket p : packets) {
            assertTrue(section.codecs().get(p.payloadType()).startsWith("opus/48000"), section.codecs().toString());
            long number = ByteBuffer.wrap(p.payload()).getInt(7) - baseNumber;
            assertEquals(number * 960, (int) (p.timestamp() - base.timestamp()));
            assertEquals(number, p.sequence() - base.sequence());
        }
    }
}
