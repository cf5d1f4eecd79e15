package dev.agentassist.live.rtc.sctp;

/** Numbers of SCTP (RFC 9260, section 3). */
final class Chunk {

    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int HEARTBEAT = 4;
    static final int HEARTBEAT_ACK = 5;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int ERROR = 9;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;
    static final int RE_CONFIG = 130;
    static final int FORWARD_TSN = 192;

    /** Flags of DATA. */
    static final int END = 1;

    static final int BEGIN = 2;
    static final int UNORDERED = 4;
    static final int IMMEDIATE = 8;

    /** Parameters. */
    static final int STATE_COOKIE = 7;

    static final int OUTGOING_RESET = 13;
    static final int INCOMING_RESET = 14;
    static final int RECONFIG_RESPONSE = 16;
    static final int SUPPORTED_EXTENSIONS = 0x8008;
    static final int FORWARD_TSN_SUPPORTED = 0xC000;

    static final int HEADER = 12;
    static final int DATA_HEADER = 16;

    private Chunk() {}

    static int u8(byte[] b, int at) {
        return b[at] & 0xff;
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    static int i32(byte[] b, int at) {
        return u16(b, at) << 16 | u16(b, at + 2);
    }

    static void put16(byte[] b, int at, int value) {
        b[at] = (byte) (value >> 8);
        b[at + 1] = (byte) value;
    }

    static void put32(byte[] b, int at, int value) {
        put16(b, at, value >>> 16);
        put16(b, at + 2, value);
    }

    static int padded(int length) {
        return length + 3 & ~3;
    }

    /** The 64-bit number nearest to {@code near} whose low 32 bits are these (serial arithmetic, RFC 1982). */
    static long unwrap(int low, long near) {
        return near + (low - (int) near);
    }
}
