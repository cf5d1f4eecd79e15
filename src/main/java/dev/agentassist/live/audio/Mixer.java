package dev.agentassist.live.audio;

import java.io.IOException;
import java.util.Arrays;

/** Adds up sound of several tracks, each at its place, and gives it away in order. Bounded: what is out of its reach is dropped. */
final class Mixer {

    /** How far ahead of what was given away something can be put. */
    static final int REACH = OpusPacket.RATE * 4;
    private static final int BLOCK = OpusPacket.RATE / 50;

    private final int[] ring = new int[REACH];
    private final short[] block = new short[BLOCK];
    private long given;

    /** How many samples were given away. */
    long given() {
        return given;
    }

    void add(long position, short[] pcm, int from, int length) {
        long first = Math.max(position + from, given);
        long last = Math.min(position + from + length, given + REACH);
        for (long p = first; p < last; p++) {
            ring[(int) (p % REACH)] += pcm[(int) (p - position)];
        }
    }

    /** Gives away everything before a position; never goes back. */
    void take(long until, SoundFile to) throws IOException {
        while (given < until) {
            int length = (int) Math.min(BLOCK, until - given);
            for (int i = 0; i < length; i++) {
                int at = (int) ((given + i) % REACH);
                block[i] = (short) Math.clamp(ring[at], Short.MIN_VALUE, Short.MAX_VALUE);
                ring[at] = 0;
            }
            given += length;
            to.write(block, length);
        }
        Arrays.fill(block, (short) 0);
    }
}
