package dev.agentassist.live.rtc.stun;

/** Numbers of STUN (RFC 8489), TURN (RFC 8656) and ICE (RFC 8445). */
public final class Stun {

    public static final int COOKIE = 0x2112A442;
    public static final int HEADER = 20;

    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_INDICATION = 0x0011;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;
    public static final int ALLOCATE_REQUEST = 0x0003;
    public static final int REFRESH_REQUEST = 0x0004;
    public static final int SEND_INDICATION = 0x0016;
    public static final int DATA_INDICATION = 0x0017;
    public static final int CREATE_PERMISSION_REQUEST = 0x0008;
    public static final int CHANNEL_BIND_REQUEST = 0x0009;

    public static final int USERNAME = 0x0006;
    public static final int MESSAGE_INTEGRITY = 0x0008;
    public static final int ERROR_CODE = 0x0009;
    public static final int CHANNEL_NUMBER = 0x000C;
    public static final int LIFETIME = 0x000D;
    public static final int XOR_PEER_ADDRESS = 0x0012;
    public static final int DATA = 0x0013;
    public static final int REALM = 0x0014;
    public static final int NONCE = 0x0015;
    public static final int XOR_RELAYED_ADDRESS = 0x0016;
    public static final int REQUESTED_TRANSPORT = 0x0019;
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    public static final int PRIORITY = 0x0024;
    public static final int USE_CANDIDATE = 0x0025;
    public static final int SOFTWARE = 0x8022;
    public static final int ALTERNATE_SERVER = 0x8023;
    public static final int FINGERPRINT = 0x8028;
    public static final int ICE_CONTROLLED = 0x8029;
    public static final int ICE_CONTROLLING = 0x802A;

    private Stun() {}

    /** A message's class: a request. */
    public static boolean isRequest(int type) {
        return (type & 0x0110) == 0;
    }

    /** A message's class: a success response. */
    public static boolean isSuccess(int type) {
        return (type & 0x0110) == 0x0100;
    }

    /** A message's class: an error response. */
    public static boolean isError(int type) {
        return (type & 0x0110) == 0x0110;
    }

    /** Whether a datagram may be STUN, by its first byte (RFC 7983) and the magic cookie. */
    public static boolean looksLike(byte[] b, int offset, int length) {
        return length >= HEADER
                && (b[offset] & 0xC0) == 0
                && b[offset + 4] == 0x21
                && b[offset + 5] == 0x12
                && b[offset + 6] == (byte) 0xA4
                && b[offset + 7] == 0x42;
    }
}
