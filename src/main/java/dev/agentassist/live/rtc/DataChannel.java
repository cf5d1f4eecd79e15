package dev.agentassist.live.rtc;

import java.nio.charset.StandardCharsets;

/**
 * A data channel (RFC 8831). Which messages arrived is told by {@link PeerListener#onMessage}. Methods may be called
 * from any thread.
 */
public final class DataChannel {

    /** The largest number of bytes that may wait to be sent on a connection. */
    public static final int MAX_BUFFERED = 16 * 1024 * 1024;

    private final String label;
    private final boolean ordered;
    private final Integer maxRetransmits;
    private final PeerConnection connection;
    private volatile int id = -1;
    private volatile boolean open;

    DataChannel(PeerConnection connection, String label, boolean ordered, Integer maxRetransmits) {
        this.connection = connection;
        this.label = label;
        this.ordered = ordered;
        this.maxRetransmits = maxRetransmits;
    }

    /** LiveKit's are {@code _reliable} and {@code _lossy}. */
    public String label() {
        return label;
    }

    /** The SCTP stream, or -1 before it is known. */
    public int id() {
        return id;
    }

    public boolean ordered() {
        return ordered;
    }

    /** How often a message of ours is sent again before it is given up, or null for always. */
    public Integer maxRetransmits() {
        return maxRetransmits;
    }

    public boolean isOpen() {
        return open;
    }

    /**
     * Queues a message; messages sent before the channel is open follow once it is.
     *
     * @return false where more than {@link #MAX_BUFFERED} bytes wait already, or the connection has ended: it was not taken
     */
    public boolean send(byte[] message) {
        return connection.send(this, message.clone(), false);
    }

    /** As {@link #send(byte[])}, for a string. */
    public boolean send(String message) {
        return connection.send(this, message.getBytes(StandardCharsets.UTF_8), true);
    }

    void opened(int stream) {
        id = stream;
        open = true;
    }

    void assign(int stream) {
        id = stream;
    }

    void closed() {
        open = false;
    }

    @Override
    public String toString() {
        return label + "#" + id;
    }
}
