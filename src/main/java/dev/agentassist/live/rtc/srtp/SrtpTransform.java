package dev.agentassist.live.rtc.srtp;

import java.security.GeneralSecurityException;

/** One protection profile with the session keys of one direction. Packets are whole arrays; nothing is kept of them. */
interface SrtpTransform {

    /** Bytes that protection adds to an RTP packet. */
    int overhead();

    /** Encrypts behind the header. {@code index} is the roll-over counter and the sequence number, 48 bits. */
    byte[] protect(byte[] packet, int length, int header, long ssrc, long index) throws GeneralSecurityException;

    /** Null where it is too short or not authentic. */
    byte[] unprotect(byte[] packet, int offset, int length, int header, long ssrc, long index)
            throws GeneralSecurityException;

    /** A compound RTCP packet; {@code index} has 31 bits. */
    byte[] protectRtcp(byte[] packet, long ssrc, int index) throws GeneralSecurityException;

    /** Null where it is too short, not encrypted, or not authentic. */
    byte[] unprotectRtcp(byte[] packet, int offset, int length, long ssrc) throws GeneralSecurityException;

    /** The index that a protected RTCP packet bears, or -1. */
    int rtcpIndex(byte[] packet, int offset, int length);
}
