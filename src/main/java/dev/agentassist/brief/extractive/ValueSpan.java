package dev.agentassist.brief.extractive;

/**
 * Something in a turn that looks like a value.
 *
 * @param value as one would write it down
 * @param start where it begins in the turn's text
 * @param end where it ends, exclusive
 * @param sure whether its form alone tells what it is, without a label
 */
record ValueSpan(Type type, String value, int start, int end, boolean sure) {

    /** What a value looks like. */
    enum Type {
        EMAIL,
        PHONE,
        MONEY,
        DATE,
        TIME,
        ADDRESS,
        CODE,
        NUMBER,
        /** A small number in words. */
        COUNT,
        /** “within seven days” */
        DURATION
    }

    boolean overlaps(ValueSpan other) {
        return start < other.end && other.start < end;
    }
}
