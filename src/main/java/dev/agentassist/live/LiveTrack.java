package dev.agentassist.live;

/**
 * A published track.
 *
 * @param sid the server's id
 * @param participant identity of the publisher
 * @param kind sound, picture or data
 * @param source where it comes from: {@code microphone}, {@code camera}, {@code screen_share}, {@code unknown}…
 * @param mimeType as {@code audio/opus}; may be empty
 * @param muted by its publisher
 * @param encrypted end to end
 */
public record LiveTrack(
        String sid, String participant, Kind kind, String source, String mimeType, boolean muted, boolean encrypted) {

    /** What a track carries. */
    public enum Kind {
        AUDIO,
        VIDEO,
        DATA
    }

    public boolean audio() {
        return kind == Kind.AUDIO;
    }
}
