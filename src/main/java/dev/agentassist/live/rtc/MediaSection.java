package dev.agentassist.live.rtc;

import java.util.List;
import java.util.Map;

/**
 * A media section of the other side's description.
 *
 * @param mid its identifier within the description
 * @param kind {@code audio}, {@code video} or {@code application}
 * @param sending whether the other side sends on it
 * @param streamId the first part of its {@code msid} (LiveKit: {@code participant sid|stream}), or null
 * @param trackId the second part of its {@code msid} (LiveKit: the track's sid), or null
 * @param codecs payload type to {@code name/clock rate[/channels]}
 * @param ssrcs those that it names
 */
public record MediaSection(
        String mid,
        String kind,
        boolean sending,
        String streamId,
        String trackId,
        Map<Integer, String> codecs,
        List<Long> ssrcs) {}
