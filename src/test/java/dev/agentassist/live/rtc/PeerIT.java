package dev.agentassist.live.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.DataPacket;
import org.junit.jupiter.api.Test;

/** The engine against a real LiveKit server. */
class PeerIT {

    @Test
    void overUdpInBothModes() throws Exception {
        try (var server = LiveKitServerPart.start()) {
            for (boolean single : new boolean[] {true, false}) {
                var got = new CopyOnWriteArrayList<String>();
                var listening = new RtcClient.Options();
                listening.single = single;
                listening.also = collect(got);
                var speaking = new RtcClient.Options();
                speaking.publisher = true;
                try (var listener = RtcClient.join(server.url(), "udp", "listener", listening);
                        var speaker = RtcClient.join(server.url(), "udp", "speaker", speaking)) {
                    listener.connected.get(60, TimeUnit.SECONDS);
                    listener.reliable.get(60, TimeUnit.SECONDS);
                    speaker.reliable.get(60, TimeUnit.SECONDS);
                    for (int i = 0; i < 100; i++) {
                        assertTrue(speaker.publish(("message " + i).getBytes(StandardCharsets.UTF_8)));
                    }
                    Await.until("all messages are there", () -> got.size() >= 100);
                    for (int i = 0; i < 100; i++) {
                        assertEquals("message " + i, got.get(i));
                    }
                }
            }
        }
    }

    static PeerListener collect(List<String> into) {
        return new PeerListener() {
            @Override
            public void onMessage(DataChannel channel, byte[] message, boolean text) {
                try {
                    DataPacket packet = DataPacket.parseFrom(message);
                    if (packet.hasUser()) {
                        into.add(packet.getUser().getPayload().toStringUtf8());
                    }
                } catch (java.io.IOException e) {
                    into.add(e.toString());
                }
            }
        };
    }
}
