package dev.agentassist.live.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** One direction of SRTP and SRTCP: the streams' roll-over counters and replay windows. Not for several threads. */
public final class SrtpSession {

    /** A packet that was authentic, decrypted, and its extended sequence number. */
    public record Plain(byte[] packet, RtpHeader header, long index) {}

    /** Streams of one connection; authentic ones only, so nobody else can fill it. */
    private static final int MAX_STREAMS = 1024;

    private static final class Stream {
        final ReplayWindow rtp = new ReplayWindow();
        final ReplayWindow rtcp = new ReplayWindow();
        long sent = -1;
        int sentRtcp;
    }

    private final SrtpTransform transform;
    private final Map<Long, Stream> streams = new HashMap<>();

    private SrtpSession(SrtpTransform transform) {
        this.transform = transform;
    }

    /** AEAD_AES_128_GCM; 16 bytes of key, 12 of salt. */
    public static SrtpSession gcm(byte[] key, byte[] salt) {
        try {
            return new SrtpSession(new GcmTransform(key, salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** AES_CM_128_HMAC_SHA1_80; 16 bytes of key, 14 of salt. */
    public static SrtpSession counterMode(byte[] key, byte[] salt) {
        try {
            return new SrtpSession(new CmTransform(key, salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null where it is no RTP, was seen before, is too old, or is not authentic. */
    public Plain unprotect(byte[] b, int offset, int length) {
        RtpHeader header = RtpHeader.parse(b, offset, length - transform.overhead());
        if (header == null) {
            return null;
        }
        Stream stream = streams.get(header.ssrc());
        long highest = stream == null ? -1 : stream.rtp.highest();
        long index = index(header.sequence(), highest);
        if (stream != null && !stream.rtp.isNew(index)) {
            return null;
        }
        try {
            byte[] plain = transform.unprotect(b, offset, length, header.length(), header.ssrc(), index);
            if (plain == null) {
                return null;
            }
            Stream known = stream != null ? stream : add(header.ssrc());
            if (known == null) {
                return null;
            }
            known.rtp.add(index);
            return new Plain(plain, header, index);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private Stream add(long ssrc) {
        if (streams.size() >= MAX_STREAMS) {
            return null;
        }
        var stream = new Stream();
        streams.put(ssrc, stream);
        return stream;
    }

    /** The index nearest to the highest so far (RFC 3711, section 3.3.1); the first packet's counter is zero. */
    static long index(int sequence, long highest) {
        if (highest < 0) {
            return sequence;
        }
        long index = highest + (short) (sequence - (int) highest);
        return index < 0 ? index + 65536 : index;
    }

    /** Packets of a stream must be given in their order. */
    public byte[] protect(byte[] packet, int length, int header, long ssrc) {
        Stream stream = streams.computeIfAbsent(ssrc, s -> new Stream());
        int sequence = (packet[2] & 0xff) << 8 | packet[3] & 0xff;
        stream.sent = index(sequence, stream.sent);
        try {
            return transform.protect(packet, length, header, ssrc, stream.sent);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null where it is no SRTCP, was seen before, or is not authentic. */
    public byte[] unprotectRtcp(byte[] b, int offset, int length) {
        if (length < 8) {
            return null;
        }
        long ssrc = RtpHeader.u32(b, offset + 4);
        int index = transform.rtcpIndex(b, offset, length);
        Stream stream = streams.get(ssrc);
        if (index < 0 || stream != null && !stream.rtcp.isNew(index)) {
            return null;
        }
        try {
            byte[] plain = transform.unprotectRtcp(b, offset, length, ssrc);
            Stream known = plain == null ? null : stream != null ? stream : add(ssrc);
            if (known == null) {
                return null;
            }
            known.rtcp.add(index);
            return plain;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    public byte[] protectRtcp(byte[] packet) {
        long ssrc = RtpHeader.u32(packet, 4);
        Stream stream = streams.computeIfAbsent(ssrc, s -> new Stream());
        stream.sentRtcp = stream.sentRtcp + 1 & 0x7fffffff;
        try {
            return transform.protectRtcp(packet, ssrc, stream.sentRtcp);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
