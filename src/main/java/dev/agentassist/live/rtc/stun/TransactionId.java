package dev.agentassist.live.rtc.stun;

import java.security.SecureRandom;

/** The 96 bits that tie a response to its request; random, so that nobody off the path can answer in the server's place. */
public record TransactionId(int high, long low) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static TransactionId random() {
        return new TransactionId(RANDOM.nextInt(), RANDOM.nextLong());
    }

    static TransactionId read(byte[] b, int at) {
        int high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 8 | b[at + i] & 0xff;
        }
        for (int i = 4; i < 12; i++) {
            low = low << 8 | b[at + i] & 0xff;
        }
        return new TransactionId(high, low);
    }

    // A record's own would be put together when first called, in the middle of the first connection.
    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionId id && high == id.high && low == id.low;
    }

    @Override
    public int hashCode() {
        return high ^ Long.hashCode(low);
    }
}
