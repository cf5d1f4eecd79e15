package dev.agentassist.tail;

/** How events look. Used by one thread; may keep what it needs between events. */
public interface TailFormat {

    /** What stands before all events. */
    default String begin() {
        return "";
    }

    /** The text for an event, line ends included; empty where it is not shown. */
    String event(TailEvent event);

    /** What stands after the last one. */
    default String end() {
        return "";
    }

    /** What stands for lines that had to be left out because nobody read for too long. */
    String shed(long lines);
}
