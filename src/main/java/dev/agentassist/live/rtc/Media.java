package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.dtls.SrtpKeys;
import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.sdp.SdpSection;
import dev.agentassist.live.rtc.sdp.SdpWriter;
import dev.agentassist.live.rtc.srtp.Reception;
import dev.agentassist.live.rtc.srtp.Rtcp;
import dev.agentassist.live.rtc.srtp.RtpHeader;
import dev.agentassist.live.rtc.srtp.SrtpSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sound in both directions: SRTP, and the reports that senders and receivers owe each other. Loop's thread only. */
final class Media {

    /** Where datagrams go. */
    interface Out {
        void send(byte[] bytes, int offset, int length);
    }

    /** One of our streams. */
    private static final class Sending {
        final int payloadType;
        final byte[] extension;
        int sequence;
        long timestamp;
        long packets;
        long octets;

        Sending(int payloadType, byte[] extension, int sequence) {
            this.payloadType = payloadType;
            this.extension = extension;
            this.sequence = sequence;
        }
    }

    private static final int CLOCK_RATE = 48_000;
    private static final int MAX_PAYLOAD = 1100;
    private static final int MAX_STREAMS = 512;

    /** Packets kept until a description says whose they are: sound overtakes signalling. */
    private static final int MAX_EARLY = 64;

    /** RFC 3550 recommends five seconds at least; halved, as section 6.2 allows, to be told of losses sooner. */
    private static final long REPORT_EVERY = 2_500_000_000L;

    private final EventLoop loop;
    private final PeerListener listener;
    private final Out out;
    private final String cname;
    private final long reporter;
    private final SecureRandom random;
    private final Map<RtpSender, Sending> senders = new LinkedHashMap<>();
    private final Map<Long, Reception> receptions = new LinkedHashMap<>();
    private final Map<Long, String> mids = new HashMap<>();
    private final ArrayDeque<RtpPacket> early = new ArrayDeque<>();
    private final Set<Long> unknown = new HashSet<>();
    private SrtpSession inbound;
    private SrtpSession outbound;
    private EventLoop.Timer reports;
    /** Ours, until an answer confirms it or an offer has another. */
    private int midExtension = SdpWriter.MID_EXTENSION;
    private boolean paused;
    private boolean closed;
    private long received;
    private long malformed;

    Media(EventLoop loop, SecureRandom random, PeerListener listener, Out out) {
        this.loop = loop;
        this.random = random;
        this.listener = listener;
        this.out = out;
        this.cname = Long.toHexString(random.nextLong());
        this.reporter = random.nextInt() & 0xffffffffL;
    }

    /** The canonical name (RFC 7022: by chance, for this connection alone). */
    String cname() {
        return cname;
    }

    /** What the other side's description says of streams. */
    void describe(List<SdpSection> remote) {
        for (SdpSection section : remote) {
            if (section.midExtension() > 0) {
                midExtension = section.midExtension();
            }
            for (long ssrc : section.ssrcs()) {
                if (mids.size() < MAX_STREAMS) {
                    mids.put(ssrc, section.mid());
                }
            }
        }
        release();
    }

    private void release() {
        for (RtpPacket p; (p = early.poll()) != null; ) {
            String mid = mids.get(p.ssrc());
            if (mid == null) {
                unknown.add(p.ssrc());
            }
            tell(new RtpPacket(
                    mid, p.ssrc(), p.sequence(), p.timestamp(), p.payloadType(), p.marker(), p.payload(),
                    p.arrivalNanos()));
        }
    }

    private void tell(RtpPacket packet) {
        if (!paused && !closed) {
            received++;
            listener.onRtp(packet);
        }
    }

    /** What the other side takes of ours; a negative payload type: nothing. */
    void agreed(RtpSender sender, int payloadType, int extension) {
        if (payloadType < 0) {
            senders.remove(sender);
        } else if (!senders.containsKey(sender)) {
            byte[] mid = sender.mid().getBytes(StandardCharsets.US_ASCII);
            byte[] element = null;
            if (extension > 0 && extension < 15 && mid.length <= 16) {
                // RFC 8285, section 4.2: one byte of number and length, the text, zeros up to four bytes.
                element = Arrays.copyOf(new byte[] {(byte) (extension << 4 | mid.length - 1)}, 1 + mid.length + 3 & ~3);
                System.arraycopy(mid, 0, element, 1, mid.length);
            }
            // In the lower half, so that the first packets cannot be taken for ones before a roll-over.
            senders.put(sender, new Sending(payloadType, element, random.nextInt(32768)));
        }
    }

    void start(SrtpKeys keys) {
        inbound = session(keys.profile(), keys.remoteKey(), keys.remoteSalt());
        outbound = session(keys.profile(), keys.localKey(), keys.localSalt());
        reports = loop.schedule(REPORT_EVERY, this::report);
    }

    private static SrtpSession session(int profile, byte[] key, byte[] salt) {
        return profile == SrtpKeys.AEAD_AES_128_GCM ? SrtpSession.gcm(key, salt) : SrtpSession.counterMode(key, salt);
    }

    void received(byte[] bytes, int offset, int length) {
        if (inbound == null || closed) {
            return;
        }
        if (Rtcp.is(bytes, offset, length)) {
            byte[] plain = inbound.unprotectRtcp(bytes, offset, length);
            if (plain == null) {
                malformed++;
            } else {
                Rtcp.read(plain, (ssrc, middle) -> {
                    Reception reception = receptions.get(ssrc);
                    if (reception != null) {
                        reception.senderReport(middle, System.nanoTime());
                    }
                });
            }
            return;
        }
        SrtpSession.Plain plain = inbound.unprotect(bytes, offset, length);
        if (plain == null) {
            malformed++;
        } else {
            deliver(plain, System.nanoTime());
        }
    }

    private void deliver(SrtpSession.Plain plain, long nanos) {
        RtpHeader header = plain.header();
        Reception reception = receptions.get(header.ssrc());
        if (reception == null) {
            if (receptions.size() >= MAX_STREAMS) {
                return;
            }
            reception = new Reception(header.ssrc(), CLOCK_RATE);
            receptions.put(header.ssrc(), reception);
        }
        reception.packet(plain.index(), header.timestamp(), nanos);
        String mid = header.text(plain.packet(), midExtension);
        if (mid == null) {
            mid = mids.get(header.ssrc());
        } else if (mids.size() < MAX_STREAMS) {
            mids.put(header.ssrc(), mid);
        }
        var packet = new RtpPacket(
                mid,
                header.ssrc(),
                plain.index(),
                header.timestamp(),
                header.payloadType(),
                header.marker(),
                Arrays.copyOfRange(plain.packet(), header.length(), header.payloadEnd(plain.packet())),
                nanos);
        if (mid == null && !unknown.contains(header.ssrc())) {
            early.add(packet);
            if (early.size() > MAX_EARLY) {
                release();
            }
        } else {
            tell(packet);
        }
    }

    void send(RtpSender sender, byte[] opus, long timestamp, boolean marker) {
        Sending s = senders.get(sender);
        if (s == null || outbound == null || closed || opus.length > MAX_PAYLOAD) {
            return;
        }
        int header = 12 + (s.extension == null ? 0 : 4 + s.extension.length);
        var b = ByteBuffer.allocate(header + opus.length);
        b.put((byte) (s.extension == null ? 0x80 : 0x90));
        b.put((byte) (s.payloadType | (marker ? 0x80 : 0)));
        b.putShort((short) s.sequence).putInt((int) timestamp).putInt((int) sender.ssrc());
        if (s.extension != null) {
            b.putShort((short) 0xBEDE).putShort((short) (s.extension.length / 4)).put(s.extension);
        }
        b.put(opus);
        s.sequence = s.sequence + 1 & 0xffff;
        s.timestamp = timestamp;
        s.packets++;
        s.octets += opus.length;
        byte[] packet = outbound.protect(b.array(), b.capacity(), header, sender.ssrc());
        out.send(packet, 0, packet.length);
    }

    private void report() {
        if (closed) {
            return;
        }
        long millis = System.currentTimeMillis();
        long nanos = System.nanoTime();
        for (var each : senders.entrySet()) {
            Sending s = each.getValue();
            if (s.packets > 0) {
                long ssrc = each.getKey().ssrc();
                var sent = new Rtcp.Sent(ssrc, s.timestamp, s.packets, s.octets);
                transmit(Rtcp.report(ssrc, sent, List.of(), cname, millis, nanos));
            }
        }
        if (!receptions.isEmpty()) {
            transmit(Rtcp.report(reporter, null, receptions.values(), cname, millis, nanos));
        }
        reports = loop.schedule(REPORT_EVERY, this::report);
    }

    private void transmit(byte[] report) {
        byte[] packet = outbound.protectRtcp(report);
        out.send(packet, 0, packet.length);
    }

    /** Sound is dropped while paused; it is of no use later. */
    void pause(boolean wanted) {
        paused = wanted;
    }

    void close() {
        closed = true;
        early.clear();
        if (reports != null) {
            reports.cancel();
        }
    }

    long received() {
        return received;
    }

    long lost() {
        return receptions.values().stream().mapToLong(Reception::lost).sum();
    }

    long malformed() {
        return malformed;
    }
}
