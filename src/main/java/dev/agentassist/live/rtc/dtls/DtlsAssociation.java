package dev.agentassist.live.rtc.dtls;

import dev.agentassist.live.rtc.net.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;

/**
 * One DTLS association. The handshake blocks, so it has a thread of its own while it lasts; afterwards records are
 * decrypted and encrypted on the loop's thread.
 */
public final class DtlsAssociation {

    /** What happens, on the loop's thread. */
    public interface Listener {
        /** {@code keys} null where the other side wants no SRTP. */
        void connected(SrtpKeys keys);

        /** A decrypted record; the array is the client's. */
        void received(byte[] bytes, int offset, int length);

        void closed(String reason);
    }

    /** Where datagrams go; called from the handshake's thread too. */
    public interface Out {
        void send(byte[] bytes, int offset, int length);
    }

    /** What one datagram may carry: the smallest MTU of the internet's usual ways, less IP, UDP and TURN. */
    private static final int SEND_LIMIT = 1200;

    private static final int RECEIVE_LIMIT = 2048;

    /** Datagrams that wait for the handshake; more are lost, and sent again. */
    private static final int MAX_WAITING = 64;

    /** One side of the handshake: what it agreed on, or why it refused. */
    interface Side {
        /** Shakes hands; blocks. */
        DTLSTransport handshake(DatagramTransport datagrams) throws IOException;

        /** Known once the handshake is done; null where no profile was agreed. */
        SrtpKeys srtp();

        /** Why we refused the other side, or null. */
        String refused();
    }

    /** Type, version, epoch, sequence number, length (RFC 6347, section 4.1). */
    private static final int RECORD_HEADER = 13;

    private static final int DTLS_1_2 = 0xfefd;
    /** The first records of a handshake may say so, whatever is agreed on later. */
    private static final int DTLS_1_0 = 0xfeff;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private final EventLoop loop;
    private final boolean client;
    private final Side side;
    private final Out out;
    private final Listener listener;
    private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Datagrams datagrams = new Datagrams();
    private final byte[] plain = new byte[RECEIVE_LIMIT];
    private DTLSTransport transport;
    private byte[] arrived;
    private int arrivedOffset;
    private int arrivedLength;
    private long malformed;
    /** They have sent something that only they can have sent. */
    private boolean heard;
    private volatile boolean handshaking;
    private volatile boolean closed;

    /** {@code client}: which side of the handshake is ours. */
    public DtlsAssociation(
            EventLoop loop,
            boolean client,
            DtlsIdentity identity,
            List<Fingerprint> fingerprints,
            Out out,
            Listener listener) {
        this.loop = loop;
        this.client = client;
        this.side = client ? new DtlsClientSide(identity, fingerprints) : new DtlsServerSide(identity, fingerprints);
        this.out = out;
        this.listener = listener;
    }

    /** Loop's thread, once there is a way. */
    public void start() {
        handshaking = true;
        Thread.ofPlatform().daemon().name("rtc-dtls").start(() -> {
            try {
                DTLSTransport done = side.handshake(datagrams);
                loop.execute(() -> connected(done, side.srtp()));
            } catch (IOException | RuntimeException e) {
                // What fails is told in words of ours: BouncyCastle's message is an alert's number.
                String reason = side.refused() != null ? side.refused() : "the DTLS handshake failed: " + e.getMessage();
                loop.execute(() -> end(reason));
            }
        });
    }

    private void connected(DTLSTransport done, SrtpKeys keys) {
        if (closed) {
            return;
        }
        transport = done;
        handshaking = false;
        listener.connected(keys);
        for (byte[] early; !closed && (early = waiting.poll()) != null; ) {
            input(early, 0, early.length);
        }
    }

    /** A datagram of theirs. */
    public void input(byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        if (anybodys(bytes, offset, length)) {
            malformed++;
        } else if (transport == null) {
            waiting.offer(Arrays.copyOfRange(bytes, offset, offset + length));
        } else {
            decrypt(bytes, offset, length);
        }
    }

    /**
     * Whether a datagram holds what BouncyCastle would end for, although anybody can have sent it: a version that there is
     * none of, and, once hands are shaken, an alert or a handshake message in the clear (epoch 0) or a record too short to
     * be sealed. Whoever answered the handshake has to hear its last flight again where our last one was lost (RFC 6347,
     * section 4.2.4), which is until the other side has said anything.
     */
    private boolean anybodys(byte[] bytes, int offset, int length) {
        for (int at = offset; at + RECORD_HEADER <= offset + length; ) {
            int type = bytes[at];
            int version = (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
            int size = (bytes[at + 11] & 0xff) << 8 | bytes[at + 12] & 0xff;
            boolean clear = bytes[at + 3] == 0 && bytes[at + 4] == 0;
            boolean again = !client && !heard && (type == HANDSHAKE || type == CHANGE_CIPHER_SPEC);
            if (version != DTLS_1_2 && version != DTLS_1_0
                    || transport != null && (clear ? !again : size < DtlsProfile.SEAL)) {
                return true;
            }
            at += RECORD_HEADER + size;
        }
        return false;
    }

    private void decrypt(byte[] bytes, int offset, int length) {
        arrived = bytes;
        arrivedOffset = offset;
        arrivedLength = length;
        try {
            int n = transport.receive(plain, 0, plain.length, 1);
            while (n >= 0 && !closed) {
                if (n > 0) {
                    heard = true;
                    listener.received(plain, 0, n);
                }
                n = closed ? -1 : transport.receivePending(plain, 0, plain.length);
            }
        } catch (InterruptedIOException e) {
            // The datagram is used up: it held nothing for us.
            malformed++;
        } catch (IOException e) {
            end("DTLS ended: " + e.getMessage());
        } finally {
            arrived = null;
        }
        if (datagrams.ended) {
            end("the other side ended DTLS");
        }
    }

    /** One record; dropped before the handshake is done. */
    public void send(byte[] bytes, int offset, int length) {
        if (transport == null || closed) {
            return;
        }
        try {
            transport.send(bytes, offset, length);
        } catch (IOException e) {
            end("DTLS ended: " + e.getMessage());
        }
    }

    /** The largest record's payload that fits a datagram. */
    public int sendLimit() {
        try {
            return transport == null ? 0 : transport.getSendLimit();
        } catch (IOException e) {
            return 0;
        }
    }

    public long malformed() {
        return malformed;
    }

    private void end(String reason) {
        if (!closed) {
            closed = true;
            listener.closed(reason);
        }
    }

    /** Says close_notify; tells the listener nothing. */
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (transport != null) {
                transport.close();
            }
        } catch (IOException e) {
            // A farewell that could not be said.
        }
        closed = true;
        waiting.clear();
    }

    /** BouncyCastle's way to the network: blocking while shaking hands, one datagram a call afterwards. */
    private final class Datagrams implements DatagramTransport {

        private final InterruptedIOException nothing = new UsedUp();
        private boolean ended;

        @Override
        public int getReceiveLimit() {
            return RECEIVE_LIMIT;
        }

        @Override
        public int getSendLimit() {
            return SEND_LIMIT;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            if (handshaking) {
                return receiveBlocking(buffer, offset, length, waitMillis);
            }
            if (arrived == null) {
                throw nothing;
            }
            int n = Math.min(length, arrivedLength);
            System.arraycopy(arrived, arrivedOffset, buffer, offset, n);
            arrived = null;
            return n;
        }

        private int receiveBlocking(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            // In short turns, so that a close is noticed.
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
            try {
                while (!closed) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return -1;
                    }
                    byte[] next = waiting.poll(Math.min(left, 50_000_000L), TimeUnit.NANOSECONDS);
                    if (next != null) {
                        int n = Math.min(length, next.length);
                        System.arraycopy(next, 0, buffer, offset, n);
                        return n;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            out.send(buffer, offset, length);
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    /** Leaves BouncyCastle's waiting loop: an interruption is the one exception that it passes on and survives. */
    private static final class UsedUp extends InterruptedIOException {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
