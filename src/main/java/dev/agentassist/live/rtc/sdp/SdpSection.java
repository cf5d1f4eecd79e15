package dev.agentassist.live.rtc.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One media section of a description that was read. */
public final class SdpSection {

    /** {@code urn:ietf:params:rtp-hdrext:sdes:mid} (RFC 9143). */
    public static final String MID_EXTENSION = "urn:ietf:params:rtp-hdrext:sdes:mid";

    private static final int MAX_EACH = 64;

    final String kind;
    final int port;
    final String protocol;
    final List<String> formats;
    String mid = "";
    String direction = "sendrecv";
    boolean bundleOnly;
    String streamId;
    String trackId;
    int midExtension = -1;
    final Map<Integer, String> codecs = new LinkedHashMap<>();
    final Set<Long> ssrcs = new LinkedHashSet<>();
    final List<String> candidates = new ArrayList<>();

    SdpSection(String kind, int port, String protocol, List<String> formats) {
        this.kind = kind;
        this.port = port;
        this.protocol = protocol;
        this.formats = List.copyOf(formats);
    }

    /** {@code audio}, {@code video}, {@code application}. */
    public String kind() {
        return kind;
    }

    public String mid() {
        return mid;
    }

    public String protocol() {
        return protocol;
    }

    /** Payload types, or {@code webrtc-datachannel}. */
    public List<String> formats() {
        return formats;
    }

    /** Whether it was refused or stopped (RFC 8829, section 5.2.2). */
    public boolean refused() {
        return port == 0 && !bundleOnly;
    }

    /** Whether whoever wrote it sends on it. */
    public boolean sending() {
        return !refused() && (direction.equals("sendrecv") || direction.equals("sendonly"));
    }

    /** Whether whoever wrote it wants to receive on it. */
    public boolean receiving() {
        return !refused() && (direction.equals("sendrecv") || direction.equals("recvonly"));
    }

    /** The first part of {@code msid}, or null. */
    public String streamId() {
        return streamId;
    }

    /** The second part of {@code msid}, or null. */
    public String trackId() {
        return trackId;
    }

    /** Payload type to {@code name/rate[/channels]}. */
    public Map<Integer, String> codecs() {
        return codecs;
    }

    public Set<Long> ssrcs() {
        return ssrcs;
    }

    /** {@code candidate:…} each. */
    public List<String> candidates() {
        return candidates;
    }

    /** The header extension's number that carries the {@code mid}, or -1. */
    public int midExtension() {
        return midExtension;
    }

    /** The payload types of a codec, by its name. */
    public List<Integer> payloadTypes(String name) {
        return codecs.entrySet().stream()
                .filter(e -> e.getValue().regionMatches(true, 0, name + "/", 0, name.length() + 1))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Takes one {@code a=} line in; what is not known is skipped. */
    void attribute(String name, String value) {
        switch (name) {
            case "mid" -> mid = value;
            case "sendrecv", "sendonly", "recvonly", "inactive" -> direction = name;
            case "bundle-only" -> bundleOnly = true;
            case "msid" -> {
                String[] words = value.split(" ", 3);
                streamId = words[0];
                trackId = words.length > 1 ? words[1] : null;
            }
            case "rtpmap" -> {
                String[] words = value.split(" ", 2);
                int type = number(words[0], 127);
                if (type >= 0 && words.length == 2 && codecs.size() < MAX_EACH) {
                    codecs.put(type, words[1].strip());
                }
            }
            case "ssrc" -> {
                long ssrc = number(value.split(" ", 2)[0]);
                if (ssrc >= 0 && ssrcs.size() < MAX_EACH) {
                    ssrcs.add(ssrc);
                }
            }
            case "extmap" -> {
                String[] words = value.split(" ");
                if (words.length >= 2 && words[1].equals(MID_EXTENSION)) {
                    midExtension = number(words[0].split("/", 2)[0], 255);
                }
            }
            case "candidate" -> {
                if (candidates.size() < MAX_EACH) {
                    candidates.add("candidate:" + value);
                }
            }
            default -> {
                // Nothing that matters here.
            }
        }
    }

    private static int number(String text, int most) {
        long value = number(text);
        return value > most ? -1 : (int) value;
    }

    private static long number(String text) {
        try {
            long value = Long.parseLong(text);
            return value >= 0 && value <= 0xffffffffL ? value : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
