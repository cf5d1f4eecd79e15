package dev.agentassist.brief.redaction;

import dev.agentassist.brief.text.SpokenDigits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds national ids that their form alone gives away, whatever is said about them. */
final class NationalIds {

    private static final Pattern WRITTEN = Pattern.compile(
            // United States: social security number, individual taxpayer number
            "(?<![\\w-])(?<us>(?!000|666)\\d{3}[- ](?!00)\\d{2}[- ](?!0000)\\d{4})(?![\\w-])"
                    // United Kingdom: national insurance number
                    + "|(?<!\\w)(?<uk>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D])(?!\\w)"
                    // Spain: DNI and NIE
                    + "|(?<!\\w)(?<es>[XYZ]?[- ]?\\d{7,8}[- ]?[A-Z])(?!\\w)"
                    // Brazil: CPF
                    + "|(?<!\\w)(?<br>\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2})(?!\\w)"
                    // Italy: codice fiscale
                    + "|(?<!\\w)(?<it>[A-Z]{6}\\d{2}[A-EHLMPR-T]\\d{2}[A-Z]\\d{3}[A-Z])(?!\\w)"
                    // France: numéro de sécurité sociale
                    + "|(?<!\\w)(?<fr>[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{2})(?!\\w)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern DICTATED = Pattern.compile("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\\d{6}[A-D]|[XYZ]?\\d{7,8}[A-Z]");

    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    /** Digits of the shortest one that is written. */
    private static final int FEWEST = 6;

    private NationalIds() {}

    static List<Mark> find(List<Heard> turns) {
        var marks = new ArrayList<Mark>();
        for (Heard turn : turns) {
            String text = turn.turn().text();
            if (digits(text) < FEWEST && turn.runs().isEmpty()) {
                continue;
            }
            Matcher m = WRITTEN.matcher(text);
            while (m.find()) {
                if (m.group("es") != null ? spanish(plain(m.group())) : m.group("fr") == null || french(plain(m.group()))) {
                    marks.add(new Mark(Secret.NATIONAL_ID, turn.at(), m.start(), m.end()));
                }
            }
            for (SpokenDigits.Run run : turn.runs()) {
                boolean id = run.written().length() >= 8 && DICTATED.matcher(run.written()).matches() && (run.written().matches("[A-Z]{2}.*") || spanish(run.written()));
                if (id) {
                    marks.add(new Mark(Secret.NATIONAL_ID, turn.at(), run.start(), run.end()));
                }
            }
            dictated(turn, marks);
        }
        return marks;
    }

    /** “a b one two three four five six c”: the last letter of a national insurance number stands apart. */
    private static void dictated(Heard turn, List<Mark> marks) {
        for (SpokenDigits.Run run : turn.runs()) {
            if (run.written().length() < 8 || !run.written().matches("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\\d{6}")) {
                continue;
            }
            turn.words().stream()
                    .filter(w -> w.start() >= run.end())
                    .findFirst()
                    .filter(w -> w.norm().matches("[a-d]"))
                    .ifPresent(w -> marks.add(new Mark(Secret.NATIONAL_ID, turn.at(), run.start(), w.end())));
        }
    }

    private static int digits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
        }
        return digits;
    }

    private static String plain(String id) {
        return id.replaceAll("[- ]", "").toUpperCase(Locale.ROOT);
    }

    /** The last letter is the number modulo 23; of a foreigner's, X, Y and Z count as 0, 1 and 2. */
    private static boolean spanish(String id) {
        String digits = id.substring(0, id.length() - 1).replace('X', '0').replace('Y', '1').replace('Z', '2');
        return digits.length() == 8 && SPANISH_LETTERS.charAt(Integer.parseInt(digits) % 23) == id.charAt(id.length() - 1);
    }

    /** The last two digits are 97 minus the rest modulo 97. */
    private static boolean french(String id) {
        return 97 - Long.parseLong(id.substring(0, 13)) % 97 == Integer.parseInt(id.substring(13));
    }
}
