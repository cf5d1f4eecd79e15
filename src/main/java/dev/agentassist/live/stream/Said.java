package dev.agentassist.live.stream;

/**
 * A piece of news about a transcribed segment: all of its text so far.
 *
 * @param way which of the two ways it was published; ids of different ways do not relate
 * @param speaker identity of the person transcribed
 * @param segment the publisher's id of the segment
 * @param settled the text is final
 * @param complete false where it was settled though its publisher did not finish it
 * @param language or null
 * @param track sid of the transcribed track, or null
 */
public record Said(
        Way way, String speaker, String segment, String text, boolean settled, boolean complete, String language, String track) {

    /** How a transcription travels. */
    public enum Way {
        /** Text streams on the topic {@code lk.transcription}. */
        STREAM,
        /** {@code Transcription} packets, the older way. */
        PACKET
    }
}
