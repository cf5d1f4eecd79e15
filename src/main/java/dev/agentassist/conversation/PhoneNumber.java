package dev.agentassist.conversation;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import dev.agentassist.problem.Failure;
import java.util.Optional;

/**
 * A telephone number in E.164 ({@code +14155550132}). Two numbers are the same when these are equal; there is no
 * matching by prefix anywhere.
 */
public record PhoneNumber(String e164) {

    /**
     * Reads any usual spelling, {@code tel:} included. {@code region} is the ISO 3166 country that a number without a
     * country code belongs to, or null.
     *
     * <p>Numbers that are possible but not assigned are taken: numbers reserved for fiction, and ranges newer than the
     * library's tables, are real in a call log.
     */
    public static Optional<PhoneNumber> of(String text, String region) {
        String spelled = text.regionMatches(true, 0, "tel:", 0, 4) ? text.substring(4) : text;
        if (isWrittenOut(spelled)) {
            return Optional.of(new PhoneNumber(spelled));
        }
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            var number = util.parse(spelled.strip(), region);
            if (!util.isPossibleNumber(number) || number.hasExtension()) {
                return Optional.empty();
            }
            return Optional.of(new PhoneNumber(util.format(number, PhoneNumberFormat.E164)));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is E.164 already and a possible number, which is all that the library would say. Known without it of North
     * America alone, where every number has ten digits and none begins with the trunk prefix 1 (or 0); the library takes a
     * third of a brief's cold start to load. A property test holds the two equal.
     */
    private static boolean isWrittenOut(String text) {
        if (text.length() != 12 || !text.startsWith("+1") || text.charAt(2) < '2') {
            return false;
        }
        for (int i = 2; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Like {@link #of}, failing with a sentence. */
    public static PhoneNumber parse(String text, String region) {
        return of(text, region)
                .orElseThrow(() -> Failure.badInput(
                        "“" + text + "” is not a telephone number"
                                + (region == null ? "." : " in region " + region + "."),
                        region == null
                                ? "Write it with its country code, as in +14155550132, or say --region US."
                                : "Write it with its country code, as in +14155550132, or check --region."));
    }

    @Override
    public String toString() {
        return e164;
    }
}
