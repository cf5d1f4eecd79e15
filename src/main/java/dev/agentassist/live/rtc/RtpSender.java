package dev.agentassist.live.rtc;

/**
 * Sends Opus on a media section of its own. Packets before the connection is up are dropped, as packets of sound are.
 */
public final class RtpSender {

    private final PeerConnection connection;
    private final String trackId;
    private final long ssrc;
    private final String mid;

    RtpSender(PeerConnection connection, String mid, String trackId, long ssrc) {
        this.connection = connection;
        this.mid = mid;
        this.trackId = trackId;
        this.ssrc = ssrc;
    }

    /** What signalling calls the client id of the track ({@code cid}). */
    public String trackId() {
        return trackId;
    }

    public String mid() {
        return mid;
    }

    public long ssrc() {
        return ssrc;
    }

    /**
     * Sends one Opus packet. Any thread.
     *
     * @param opus at most 1,100 bytes
     * @param timestamp in units of 1/48,000 s; the low 32 bits count
     * @param marker true on the first packet after silence
     */
    public void send(byte[] opus, long timestamp, boolean marker) {
        connection.sendRtp(this, opus, timestamp, marker);
    }
}
