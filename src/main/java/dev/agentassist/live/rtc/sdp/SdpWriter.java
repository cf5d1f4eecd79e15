package dev.agentassist.live.rtc.sdp;

import java.util.List;

/** Writes descriptions. */
public final class SdpWriter {

    /** What is the same in all sections; {@code active}: DTLS's client is us. */
    public record Transport(
            long session, long version, boolean active, String ufrag, String password, String fingerprint, List<String> candidates) {}

    /** Ours, where we offer. */
    public static final int OPUS = 111;

    public static final int MID_EXTENSION = 1;

    private final Transport transport;
    private final int maxMessage;
    private final StringBuilder sections = new StringBuilder();
    private final StringBuilder bundle = new StringBuilder();

    public SdpWriter(Transport transport, int maxMessage) {
        this.transport = transport;
        this.maxMessage = maxMessage;
    }

    /** Data channels (RFC 8841). */
    public void application(String mid, String protocol) {
        begin("application 9 " + protocol + " webrtc-datachannel", mid);
        line("a=sctp-port:5000");
        line("a=max-message-size:" + maxMessage);
    }

    /** Audio to be received, or a place for it that is kept ({@code active} false). */
    public void receive(String mid, String protocol, List<Integer> opus, int midExtension, boolean active) {
        audio(mid, protocol, opus, midExtension);
        line(active ? "a=recvonly" : "a=inactive");
    }

    /** Audio to be sent. */
    public void send(String mid, String protocol, List<Integer> opus, int midExtension, String track, long ssrc, String cname) {
        audio(mid, protocol, opus, midExtension);
        line("a=sendonly");
        line("a=msid:" + track + " " + track);
        line("a=ssrc:" + ssrc + " cname:" + cname);
        line("a=ssrc:" + ssrc + " msid:" + track + " " + track);
    }

    private void audio(String mid, String protocol, List<Integer> opus, int midExtension) {
        var types = new StringBuilder();
        opus.forEach(pt -> types.append(' ').append(pt));
        begin("audio 9 " + protocol + types, mid);
        line("a=rtcp:9 IN IP4 0.0.0.0");
        line("a=rtcp-mux");
        if (midExtension > 0) {
            line("a=extmap:" + midExtension + " " + SdpSection.MID_EXTENSION);
        }
        for (int pt : opus) {
            line("a=rtpmap:" + pt + " opus/48000/2");
            line("a=fmtp:" + pt + " minptime=10;useinbandfec=1");
        }
    }

    /** A section that is not wanted. */
    public void refuse(SdpSection section) {
        sections.append("m=").append(section.kind()).append(" 0 ").append(section.protocol());
        section.formats().forEach(f -> sections.append(' ').append(f));
        sections.append("\r\nc=IN IP4 0.0.0.0\r\n");
        line("a=inactive");
        line("a=mid:" + section.mid());
    }

    private void begin(String media, String mid) {
        bundle.append(' ').append(mid);
        sections.append("m=").append(media).append("\r\nc=IN IP4 0.0.0.0\r\n");
        line("a=ice-ufrag:" + transport.ufrag());
        line("a=ice-pwd:" + transport.password());
        line("a=ice-options:trickle");
        line("a=fingerprint:" + transport.fingerprint());
        line("a=setup:" + (transport.active() ? "active" : "passive"));
        line("a=mid:" + mid);
        // Those of the first section stand for all (BUNDLE).
        if (bundle.length() == mid.length() + 1) {
            transport.candidates().forEach(c -> line("a=" + c));
        }
    }

    private void line(String text) {
        sections.append(text).append("\r\n");
    }

    /** The whole description. */
    public String text() {
        return "v=0\r\no=- " + transport.session() + " " + transport.version() + " IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
                + "a=group:BUNDLE" + bundle + "\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS *\r\n" + sections;
    }
}
