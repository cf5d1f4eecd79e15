package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What each setting's value must look like. */
final class Values {

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /** With less than this there is no room for a part of a call beside the instructions and the answer. */
    private static final int LEAST_CONTEXT = 3500;

    /** Regions with telephone numbers of their own that ISO 3166-1 does not have: Kosovo, Ascension, Tristan da Cunha. */
    private static final List<String> FURTHER_REGIONS = List.of("XK", "AC", "TA");

    private Values() {}

    /**
     * The value, tidied.
     *
     * @param place where it was said, for the sentence: {@code --timeout}, {@code LIVEKIT_URL}
     */
    static String check(Key key, String value, String place) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            // Not the value: it may be a secret, and it is not fit to be shown.
            throw Failure.badInput("The value of " + place + " holds a control character.", "Give one line of text.");
        }
        switch (key) {
            case LIVEKIT_URL -> url(value, place, "wss://project.livekit.cloud", List.of("wss", "ws", "https", "http"));
            case BASE_URL -> url(value, place, "https://host/v1", List.of("https", "http"));
            case STORE -> store(value, place);
            case PROXY -> url(value.contains("://") ? value : "http://" + value, place, "http://host:port", List.of("http"));
            case REGION -> {
                return region(value, place);
            }
            case TIMEOUT, MODEL_TIMEOUT -> timeout(value, place);
            case MODEL_CONTEXT -> context(value, place);
            default -> {
                // Any text.
            }
        }
        return value;
    }

    private static void url(String value, String place, String example, List<String> schemes) {
        try {
            var uri = new URI(value);
            if (uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw bad(value, place, "a URL that can be used there", "Write it as " + example + ".");
    }

    private static void store(String value, String place) {
        String example = "Write sqlite:PATH, postgresql://user@host/database, or a platform's https://… address.";
        int colon = value.indexOf(':');
        switch (colon < 0 ? "" : value.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "sqlite" -> {
                if (colon + 1 == value.length()) {
                    throw bad(value, place, "a store: the path is missing", "Write sqlite: and the path of a file.");
                }
            }
            case "postgresql", "postgres" -> {
                // What may stand between the slashes is the driver's to say.
                if (!value.startsWith("//", colon + 1)) {
                    throw bad(value, place, "a store", example);
                }
            }
            case "https", "http" -> url(value, place, "https://api.example.com", List.of("https", "http"));
            default -> throw bad(value, place, "a store", example);
        }
    }

    private static String region(String value, String place) {
        String code = value.toUpperCase(Locale.ROOT);
        if (FURTHER_REGIONS.contains(code) || Arrays.asList(Locale.getISOCountries()).contains(code)) {
            return code;
        }
        throw bad(value, place, "a region", "Use a country's two letters, as US or DE.");
    }

    private static void timeout(String value, String place) {
        Duration timeout = Durations.parse(value, place);
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw bad(value, place, "a time to wait", "Use more than 0 and at most 1h, as 10s.");
        }
    }

    private static void context(String value, String place) {
        if (!value.matches("\\d{4,7}") || Integer.parseInt(value) < LEAST_CONTEXT) {
            throw bad(value, place, "a number of tokens", "Use a whole number from " + LEAST_CONTEXT + " up, as 8000.");
        }
    }

    private static Failure bad(String value, String place, String what, String hint) {
        return Failure.badInput("“" + UrlPasswords.mask(value) + "” (" + place + ") is not " + what + ".", hint);
    }
}
