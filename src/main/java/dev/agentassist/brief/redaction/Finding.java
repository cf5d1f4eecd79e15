package dev.agentassist.brief.redaction;

/**
 * Something secret was said.
 *
 * @param turn the turn in which it was said, 1-based; {@link #TOOL} where it stands in what a tool was given or returned
 */
public record Finding(Secret secret, int turn) {

    /** Stands for a turn's number where the words are a tool's. */
    public static final int TOOL = 0;
}
