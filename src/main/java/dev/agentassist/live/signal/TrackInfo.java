package dev.agentassist.live.signal;

import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.live.wire.ProtoReader;

/**
 * {@code TrackInfo} of {@code livekit_models.proto}.
 *
 * @param type 0 audio, 1 video, 2 data
 * @param source 0 unknown, 1 camera, 2 microphone, 3 screen share, 4 screen share's sound
 * @param encryption 0 none; anything else: end to end
 */
public record TrackInfo(
        String sid, int type, String name, boolean muted, int source, String mimeType, int encryption) {

    static TrackInfo read(ProtoReader in) throws MalformedMessage {
        String sid = "";
        int type = 0;
        String name = "";
        boolean muted = false;
        int source = 0;
        String mime = "";
        int encryption = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> sid = in.string();
                case 2 -> type = in.int32();
                case 3 -> name = in.string();
                case 4 -> muted = in.bool();
                case 9 -> source = in.int32();
                case 11 -> mime = in.string();
                case 16 -> encryption = in.int32();
                default -> { }
            }
        }
        return new TrackInfo(sid, type, name, muted, source, mime, encryption);
    }
}
