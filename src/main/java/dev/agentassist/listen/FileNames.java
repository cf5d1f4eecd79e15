package dev.agentassist.listen;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** File names from what came from a call: names of rooms and identities of participants, which may hold anything. */
final class FileNames {

    private static final int LONGEST = 60;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /** Case does not tell files apart everywhere. */
    private final Set<String> given = new HashSet<>();

    /** For a recording that nobody gave a name: {@code call-42-20261124-153000}. */
    static String ofCall(String room, Instant began, ZoneId zone) {
        return safe(room, "call") + "-" + MOMENT.format(began.atZone(zone));
    }

    /** For a speaker's file; another one each time. */
    String ofSpeaker(String identity) {
        String name = safe(identity, "speaker");
        String unique = name;
        for (int i = 2; !given.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }

    /** Letters, digits, dots, lines and plus signs; no path, no option, no hidden file. */
    static String safe(String text, String otherwise) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("[^\\p{L}\\p{N}._+-]+", "_")
                .replaceAll("^[._-]+|[._-]+$", "");
        if (name.length() > LONGEST) {
            int end = Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            name = name.substring(0, end);
        }
        return name.isEmpty() ? otherwise : name;
    }
}
