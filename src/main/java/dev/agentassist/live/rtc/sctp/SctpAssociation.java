package dev.agentassist.live.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * An SCTP association (RFC 9260) over DTLS. Not for several threads at once. After each call that takes something in, the
 * caller asks {@link #deadline()} when to call {@link #tick()}.
 */
public final class SctpAssociation {

    /** Where packets go; the array is the association's. */
    public interface Out {
        void send(byte[] packet, int offset, int length);
    }

    /** What happens. */
    public interface Listener {
        void established();

        /** A whole message, ordered ones in their order. */
        void message(int stream, int ppid, byte[] data);

        /** The other side has closed its direction of a stream (RFC 6525, RFC 8831 section 6.7). */
        void streamReset(int stream);

        void closed(String reason);
    }

    private enum State {
        NEW,
        COOKIE_WAIT,
        COOKIE_ECHOED,
        ESTABLISHED,
        CLOSED
    }

    /** Bytes under way at most, whatever the other side offers. */
    static final int MAX_FLIGHT = 1 << 20;

    private static final long MILLI = 1_000_000L;
    private static final long DELAYED_ACK = 100 * MILLI;
    private static final long HEARTBEAT_IDLE = 15_000 * MILLI;
    private static final int MAX_INIT = 12;
    private static final int MAX_HEARTBEATS = 5;

    private final LongSupplier clock;
    private final Listener listener;
    private final PacketWriter writer;
    private final Rto rto = new Rto();
    private final Inbound inbound;
    private final Outbound outbound;
    private final Handshake handshake;
    private final int myTag;
    private final int myTsn;
    private State state = State.NEW;
    private int peerTag;
    private byte[] cookie;
    private int inits;
    private long initTimer = -1;
    private long ackTimer = -1;
    private boolean ackNow;
    private int unacked;
    private long heartbeatTimer = -1;
    private int heartbeats;
    private long malformed;
    private final StreamResets resets;

    /** {@code maxPacket}: the largest that goes out, at least 576. */
    public SctpAssociation(LongSupplier clock, RandomGenerator random, int maxPacket, Out out, Listener listener) {
        this.clock = clock;
        this.listener = listener;
        this.writer = new PacketWriter(maxPacket, out);
        this.inbound = new Inbound(listener);
        this.resets = new StreamResets(writer, inbound, listener);
        int tag = random.nextInt();
        this.myTag = tag == 0 ? 1 : tag;
        this.myTsn = random.nextInt();
        this.outbound = new Outbound(writer, rto, myTsn);
        this.handshake = new Handshake(random);
    }

    /** Sends INIT; both sides may. */
    public void connect() {
        if (state == State.NEW) {
            state = State.COOKIE_WAIT;
            sendInit();
        }
    }

    private void sendInit() {
        writer.tag(0);
        Handshake.write(writer, Chunk.INIT, myTag, myTsn, null);
        writer.flush();
        initTimer = clock.getAsLong() + rto.value();
    }

    /** A packet of theirs. What cannot be read is dropped. */
    public void input(byte[] b, int offset, int length) {
        if (state == State.CLOSED || length < Chunk.HEADER + 4 || !writer.verify(b, offset, length)) {
            malformed++;
            return;
        }
        int tag = Chunk.i32(b, offset + 4);
        int end = offset + length;
        try {
            for (int at = offset + Chunk.HEADER; at + 4 <= end && state != State.CLOSED; ) {
                int size = Chunk.u16(b, at + 2);
                if (size < 4 || at + size > end) {
                    malformed++;
                    break;
                }
                int type = Chunk.u8(b, at);
                if (!tagFits(type, Chunk.u8(b, at + 1), tag)) {
                    malformed++;
                    break;
                }
                chunk(type, Chunk.u8(b, at + 1), b, at + 4, size - 4);
                at += Chunk.padded(size);
            }
        } catch (ProtocolViolation e) {
            abort();
            end("the other side broke SCTP's rules: " + e.getMessage());
        }
        flush();
    }

    /** RFC 9260, section 8.5. */
    private boolean tagFits(int type, int flags, int tag) {
        return switch (type) {
            case Chunk.INIT -> tag == 0;
            case Chunk.ABORT, Chunk.SHUTDOWN_COMPLETE -> tag == ((flags & 1) != 0 ? peerTag : myTag);
            default -> tag == myTag;
        };
    }

    private void chunk(int type, int flags, byte[] b, int at, int length) throws ProtocolViolation {
        long now = clock.getAsLong();
        switch (type) {
            case Chunk.INIT -> onInit(b, at, length);
            case Chunk.INIT_ACK -> onInitAck(b, at, length);
            case Chunk.COOKIE_ECHO -> onCookieEcho(b, at, length);
            case Chunk.COOKIE_ACK -> {
                if (state == State.COOKIE_ECHOED) {
                    establish();
                }
            }
            case Chunk.DATA -> {
                if (up() && length > Chunk.DATA_HEADER - 4) {
                    inbound.data(flags, b, at, length);
                    // Every second packet at once (section 6.2), and whatever shows a loss.
                    ackNow |= ++unacked >= 2 || inbound.urgent() || (flags & Chunk.IMMEDIATE) != 0;
                    ackTimer = ackTimer < 0 ? now + DELAYED_ACK : ackTimer;
                }
            }
            case Chunk.FORWARD_TSN -> {
                if (up() && length >= 4) {
                    inbound.forward(b, at, length);
                    ackNow = true;
                }
            }
            case Chunk.SACK -> {
                if (up() && length >= 12) {
                    outbound.sack(b, at, length, now);
                }
            }
            case Chunk.HEARTBEAT -> {
                if (up()) {
                    writer.add(Chunk.HEARTBEAT_ACK, 0, Arrays.copyOfRange(b, at, at + Math.min(length, 512)));
                }
            }
            case Chunk.HEARTBEAT_ACK -> {
                heartbeats = 0;
                if (length == 12) {
                    long sent = (long) Chunk.i32(b, at + 4) << 32 | Integer.toUnsignedLong(Chunk.i32(b, at + 8));
                    if (sent <= now && now - sent < 60_000 * MILLI) {
                        rto.measured(now - sent);
                    }
                }
            }
            case Chunk.RE_CONFIG -> {
                if (up() && !resets.read(b, at, length)) {
                    malformed++;
                }
            }
            case Chunk.ABORT -> {
                if (state != State.NEW) {
                    end("the other side aborted SCTP");
                }
            }
            case Chunk.SHUTDOWN -> {
                if (up()) {
                    writer.add(Chunk.SHUTDOWN_ACK, 0, new byte[0]);
                    writer.flush();
                    end("the other side shut SCTP down");
                }
            }
            default -> {
                // Section 3.2: the two upper bits say whether the rest of the packet is to be skipped; it is read on,
                // since every chunk stands for itself here.
            }
        }
        if (type != Chunk.HEARTBEAT && type != Chunk.HEARTBEAT_ACK) {
            heartbeatTimer = now + HEARTBEAT_IDLE;
        }
    }

    private boolean up() {
        return state == State.ESTABLISHED || state == State.COOKIE_ECHOED && cookie != null && peerTag != 0;
    }

    /** Answered whatever the state; nothing changes until the cookie comes back (sections 5.1 and 5.2). */
    private void onInit(byte[] b, int at, int length) {
        if (length < 16 || Chunk.i32(b, at) == 0) {
            malformed++;
            return;
        }
        byte[] made = handshake.cookie(b, at);
        int before = peerTag;
        writer.tag(Chunk.i32(b, at));
        Handshake.write(writer, Chunk.INIT_ACK, myTag, myTsn, made);
        writer.flush();
        writer.tag(before);
    }

    private void onInitAck(byte[] b, int at, int length) {
        if (state != State.COOKIE_WAIT || length < 16 || Chunk.i32(b, at) == 0) {
            return;
        }
        cookie = Handshake.findCookie(b, at, length, writer.maxChunk());
        if (cookie == null) {
            malformed++;
            return;
        }
        learn(Chunk.i32(b, at), Chunk.i32(b, at + 4), Chunk.i32(b, at + 12));
        state = State.COOKIE_ECHOED;
        inits = 0;
        echo();
    }

    private void learn(int tag, int window, int tsn) {
        peerTag = tag;
        writer.tag(tag);
        outbound.peerWindow(Integer.toUnsignedLong(window));
        inbound.start(tsn);
    }

    private void echo() {
        writer.add(Chunk.COOKIE_ECHO, 0, cookie);
        writer.flush();
        initTimer = clock.getAsLong() + rto.value();
    }

    private void onCookieEcho(byte[] b, int at, int length) {
        if (!handshake.isOurs(b, at, length)) {
            malformed++;
            return;
        }
        int tag = Handshake.tag(b, at);
        if (state == State.ESTABLISHED) {
            // Section 5.2.4, case D: our acknowledgement was lost. Another tag would be a restart, which DTLS excludes.
            if (tag == peerTag) {
                writer.add(Chunk.COOKIE_ACK, 0, new byte[0]);
            }
            return;
        }
        if (state != State.COOKIE_ECHOED || tag != peerTag) {
            learn(tag, Handshake.window(b, at), Handshake.firstTsn(b, at));
        }
        writer.add(Chunk.COOKIE_ACK, 0, new byte[0]);
        establish();
    }

    private void establish() {
        state = State.ESTABLISHED;
        initTimer = -1;
        cookie = null;
        heartbeatTimer = clock.getAsLong() + HEARTBEAT_IDLE;
        listener.established();
    }

    /**
     * Queues a message.
     *
     * @param maxRetransmits null for a reliable one
     */
    public void send(int stream, int ppid, byte[] data, boolean unordered, Integer maxRetransmits) {
        if (state != State.CLOSED && data.length > 0) {
            outbound.add(stream, ppid, data, unordered, maxRetransmits == null ? -1 : maxRetransmits);
            flush();
        }
    }

    /** Bytes of messages that have not been acknowledged. */
    public int buffered() {
        return outbound.buffered();
    }

    /** While paused messages are kept, within the window. */
    public void pause(boolean paused) {
        inbound.pause(paused);
        flush();
    }

    /** After an outage: sends at once what the timers would send later. */
    public void pathRestored() {
        if (state == State.ESTABLISHED) {
            outbound.pathRestored(clock.getAsLong());
            flush();
        } else if (state == State.COOKIE_WAIT || state == State.COOKIE_ECHOED) {
            initTimer = clock.getAsLong();
            tick();
        }
    }

    private void flush() {
        if (state == State.CLOSED) {
            return;
        }
        if (up()) {
            if (ackNow || inbound.windowOpened()) {
                acknowledge();
            }
            if (state == State.ESTABLISHED) {
                outbound.flush(clock.getAsLong());
            }
        }
        writer.flush();
    }

    private void acknowledge() {
        inbound.writeSack(writer);
        ackNow = false;
        ackTimer = -1;
        unacked = 0;
    }

    /** When {@link #tick()} is due at the latest, by the clock; or -1. */
    public long deadline() {
        long first = -1;
        for (long each : new long[] {initTimer, ackTimer, heartbeatTimer, outbound.deadline()}) {
            first = each >= 0 && (first < 0 || each < first) ? each : first;
        }
        return state == State.CLOSED ? -1 : first;
    }

    /** Does what is due. */
    public void tick() {
        if (state == State.CLOSED) {
            return;
        }
        long now = clock.getAsLong();
        if (initTimer >= 0 && now >= initTimer) {
            if (++inits > MAX_INIT) {
                end("no answer to SCTP's beginning");
                return;
            }
            rto.backOff();
            if (state == State.COOKIE_WAIT) {
                sendInit();
            } else {
                echo();
            }
        }
        if (ackTimer >= 0 && now >= ackTimer) {
            ackNow = true;
        }
        if (heartbeatTimer >= 0 && now >= heartbeatTimer) {
            heartbeatTimer = now + HEARTBEAT_IDLE;
            if (++heartbeats > MAX_HEARTBEATS) {
                end("SCTP's heartbeats are not answered");
                return;
            }
            writer.add(
                    Chunk.HEARTBEAT,
                    0,
                    ByteBuffer.allocate(12)
                            .putShort((short) 1)
                            .putShort((short) 12)
                            .putLong(now)
                            .array());
        }
        if (!outbound.tick(now)) {
            end("SCTP's data are not acknowledged");
            return;
        }
        flush();
    }

    /** Ends at once and says so; the listener is not told. */
    public void abort() {
        if (state != State.CLOSED) {
            if (peerTag != 0) {
                writer.flush();
                writer.add(Chunk.ABORT, 0, new byte[0]);
                writer.flush();
            }
            state = State.CLOSED;
        }
    }

    private void end(String reason) {
        state = State.CLOSED;
        listener.closed(reason);
    }

    public long retransmitted() {
        return outbound.retransmitted();
    }

    public long duplicates() {
        return inbound.duplicates();
    }

    public long abandoned() {
        return inbound.abandoned();
    }

    public long malformed() {
        return malformed;
    }

    /** Up to where everything of theirs has come, or was given up. */
    long cumulative() {
        return inbound.cumulative();
    }

    /** Messages delivered. */
    public long delivered() {
        return inbound.delivered();
    }

    /** What is kept of what was received, in bytes, with what it costs. */
    public int held() {
        return inbound.buffered();
    }

    /** The smoothed round trip in nanoseconds, or -1. */
    public long rttNanos() {
        return rto.smoothed();
    }
}
