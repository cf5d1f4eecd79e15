package dev.agentassist.terminal;

import java.io.IOException;

/**
 * Makes keys of what a terminal sends. The escape key sends the character with which the other keys' sequences begin
 * (ECMA-48, 5.4 and 8.3.16): what follows tells which it was, or that nothing follows for a moment.
 */
final class KeyDecoder {

    static final int NOTHING = -2;
    static final int END = -1;

    private static final int ESCAPE = 27;
    /** A sequence comes in one piece, but a network may part it. */
    private static final long ESCAPE_MILLIS = 50;
    private static final int LONGEST = 32;

    /** Where characters (UTF-16) come from: {@link #NOTHING} after so many milliseconds without one, {@link #END} for good. */
    @FunctionalInterface
    interface Source {
        int read(long millis) throws IOException;
    }

    private final Source source;
    /** Read already, but not part of the key before. */
    private int pending = NOTHING;

    KeyDecoder(Source source) {
        this.source = source;
    }

    /** The next key; null when none came within so many milliseconds. */
    Key next(long millis) throws IOException {
        int c = take(millis);
        if (c == NOTHING) {
            return null;
        }
        if (c == END) {
            return Key.GONE;
        }
        if (c == ESCAPE) {
            return escape();
        }
        if (Character.isHighSurrogate((char) c)) {
            int low = take(ESCAPE_MILLIS);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                return Key.of(Character.toCodePoint((char) c, (char) low));
            }
            pending = low;
            return new Key(Key.Name.OTHER, 0);
        }
        return Key.of(c);
    }

    private int take(long millis) throws IOException {
        int c = pending;
        pending = NOTHING;
        return c == NOTHING ? source.read(millis) : c;
    }

    private Key escape() throws IOException {
        int introducer = take(ESCAPE_MILLIS);
        if (introducer != '[' && introducer != 'O') {
            // The key itself, and another one soon after it.
            pending = introducer;
            return new Key(Key.Name.ESCAPE, 0);
        }
        var sequence = new StringBuilder().append((char) introducer);
        while (sequence.length() < LONGEST) {
            int c = take(ESCAPE_MILLIS);
            if (c < 0) {
                boolean typed = sequence.length() == 1;
                pending = typed ? introducer : c;
                return new Key(typed ? Key.Name.ESCAPE : Key.Name.OTHER, 0);
            }
            sequence.append((char) c);
            // A final byte is 0x40 to 0x7e; parameters and intermediates come before it.
            if (introducer == 'O' || c >= 0x40 && c <= 0x7e) {
                break;
            }
        }
        return Key.ofSequence(sequence.toString());
    }
}
