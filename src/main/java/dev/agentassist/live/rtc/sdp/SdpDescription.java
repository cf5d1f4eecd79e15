package dev.agentassist.live.rtc.sdp;

import java.util.ArrayList;
import java.util.List;

/** An offer or answer that was read. What it does not know it skips; its size is bounded. */
public final class SdpDescription {

    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_SECTIONS = 1024;

    private final List<SdpSection> sections = new ArrayList<>();
    private final List<String> fingerprints = new ArrayList<>();
    private String ufrag;
    private String password;
    private String setup;
    private boolean lite;

    private SdpDescription() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException where it is none, is too large, or lacks ICE credentials
     */
    public static SdpDescription parse(String sdp) {
        if (sdp.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The description is longer than " + MAX_LENGTH + " characters.");
        }
        if (!sdp.startsWith("v=0")) {
            throw new IllegalArgumentException("This is no session description: it does not begin with v=0.");
        }
        var d = new SdpDescription();
        SdpSection section = null;
        for (String line : (Iterable<String>) sdp.lines()::iterator) {
            if (line.startsWith("m=")) {
                section = d.section(line.substring(2).strip().split("\\s+"));
            } else if (line.startsWith("a=")) {
                int colon = line.indexOf(':');
                String name = colon < 0 ? line.substring(2).strip() : line.substring(2, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1).strip();
                d.attribute(name, value);
                if (section != null) {
                    section.attribute(name, value);
                }
            }
        }
        if (d.ufrag == null || d.password == null) {
            throw new IllegalArgumentException("The description has no ICE credentials.");
        }
        return d;
    }

    private SdpSection section(String[] words) {
        if (words.length < 4 || sections.size() >= MAX_SECTIONS) {
            throw new IllegalArgumentException("The description has a media section that cannot be read.");
        }
        int port;
        try {
            port = Integer.parseInt(words[1].split("/", 2)[0]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The description has a media section without a port.", e);
        }
        var section = new SdpSection(words[0], port, words[2], List.of(words).subList(3, words.length));
        sections.add(section);
        return section;
    }

    /** With BUNDLE all sections have the same transport: the first one's counts. */
    private void attribute(String name, String value) {
        switch (name) {
            case "ice-ufrag" -> ufrag = ufrag == null ? value : ufrag;
            case "ice-pwd" -> password = password == null ? value : password;
            case "ice-lite" -> lite = true;
            case "setup" -> setup = setup == null ? value : setup;
            case "fingerprint" -> {
                if (fingerprints.size() < 8 && !fingerprints.contains(value)) {
                    fingerprints.add(value);
                }
            }
            default -> {
                // A section's, or nothing that matters here.
            }
        }
    }

    public List<SdpSection> sections() {
        return sections;
    }

    public String ufrag() {
        return ufrag;
    }

    public String password() {
        return password;
    }

    /** As written: {@code sha-256 AB:CD:…}. */
    public List<String> fingerprints() {
        return fingerprints;
    }

    /** {@code active}, {@code passive}, {@code actpass}, or null. */
    public String setup() {
        return setup;
    }

    public boolean lite() {
        return lite;
    }

    /** All sections' candidates. */
    public List<String> candidates() {
        return sections.stream().flatMap(s -> s.candidates().stream()).distinct().toList();
    }
}
