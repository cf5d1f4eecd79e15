package dev.agentassist.transfer;

import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.problem.Failure;
import java.util.regex.Pattern;

/** Whom to call: a telephone number, or a user that the trunk's other side knows. */
public final class CallTo {

    /** What RFC 3261 allows in a user without escapes, but for what would change the address. */
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.!~*'()&=+$,-]{1,64}");

    private CallTo() {}

    /**
     * @param text as it was typed
     * @param region the country of numbers without a country code, or null
     * @return E.164, or the user as it stands
     */
    public static String parse(String text, String region) {
        String to = text.strip();
        if (to.contains("@") || to.regionMatches(true, 0, "sip:", 0, 4) || to.regionMatches(true, 0, "sips:", 0, 5)) {
            throw Failure.badInput(
                    "“" + text + "” is a SIP address, and LiveKit takes a number or a user only.",
                    "Give the part before the @, and let the trunk name the host.");
        }
        boolean number = to.startsWith("+") || to.regionMatches(true, 0, "tel:", 0, 4) || to.matches("[(]?\\d[\\d ()./-]{6,}");
        if (number && (region != null || !to.matches("\\d+"))) {
            return PhoneNumber.parse(to, region).e164();
        }
        if (!USER.matcher(to).matches()) {
            throw Failure.badInput(
                    "“" + text + "” is neither a telephone number nor a SIP user.",
                    "Write a number with its country code, as in +14155550132, or a user, as in front-desk.");
        }
        return to;
    }
}
