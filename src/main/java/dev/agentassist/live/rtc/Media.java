package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.dtls.SrtpKeys;
import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.sdp.SdpSection;
import java.security.SecureRandom;
import java.util.List;

/** Sound in both directions. Loop's thread only. */
final class Media {

    /** Where datagrams go. */
    interface Out {
        void send(byte[] bytes, int offset, int length);
    }

    private final String cname;

    Media(EventLoop loop, SecureRandom random, PeerListener listener, Out out) {
        this.cname = Long.toHexString(random.nextLong());
    }

    String cname() {
        return cname;
    }

    void describe(List<SdpSection> remote) {}

    void agreed(RtpSender sender, int payloadType, int midExtension) {}

    void start(SrtpKeys keys) {}

    void received(byte[] bytes, int offset, int length) {}

    void send(RtpSender sender, byte[] opus, long timestamp, boolean marker) {}

    void pause(boolean paused) {}

    void close() {}

    long received() {
        return 0;
    }

    long lost() {
        return 0;
    }

    long malformed() {
        return 0;
    }
}
