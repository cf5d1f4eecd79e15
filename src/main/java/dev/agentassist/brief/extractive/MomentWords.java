package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Words for months, days and times in English, German, French, Spanish, Italian, Dutch and Portuguese. */
final class MomentWords {

    static final Set<String> ARTICLES = Set.of(
            "the", "le", "el", "il", "den", "der", "dem", "de", "o", "op", "am", "om", "al", "dia");
    static final Set<String> OF = Set.of(
            "of", "de", "du", "del", "di", "do", "van", "von");
    static final Set<String> AT = Set.of(
            "at", "um", "om", "alle", "aux", "vers", "gegen", "around", "as", "by", "before", "after", "until", "till", "la", "las", "a", "ab",
            "bis");
    static final Set<String> TODAY = Set.of(
            "today", "tonight", "tomorrow", "yesterday", "heute", "morgen", "gestern", "ubermorgen", "hoy", "manana", "ayer", "oggi", "domani",
            "ieri", "demain", "hier", "vandaag", "gisteren", "hoje", "amanha", "ontem");
    static final Set<String> PARTS = Set.of(
            "morning", "afternoon", "evening", "night", "vormittag", "nachmittag", "abend", "mittag", "matin", "soir", "tarde", "noche",
            "mattina", "sera", "pomeriggio", "ochtend", "middag", "avond", "manha", "noite");
    static final Set<String> NOON = Set.of(
            "noon", "midday", "midnight", "mittag", "mitternacht", "midi", "minuit", "mediodia", "medianoche", "mezzogiorno", "mezzanotte");

    private static final Map<String, Integer> MONTHS = new HashMap<>();
    private static final Map<String, Integer> WEEKDAYS = new HashMap<>();
    private static final Map<String, Integer> ORDINALS = new HashMap<>();

    static {
        row(MONTHS, "january february march april may june july august september october november december");
        row(MONTHS, "jan feb mar apr may jun jul aug sep oct nov dec");
        row(MONTHS, "januar februar marz april mai juni juli august september oktober november dezember");
        row(MONTHS, "januari februari maart april mei juni juli augustus september oktober november december");
        row(MONTHS, "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre");
        row(MONTHS, "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre");
        row(MONTHS, "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro");
        row(MONTHS, "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre");
        MONTHS.put("sept", 9);
        row(WEEKDAYS, "monday tuesday wednesday thursday friday saturday sunday");
        row(WEEKDAYS, "montag dienstag mittwoch donnerstag freitag samstag sonntag");
        row(WEEKDAYS, "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag");
        row(WEEKDAYS, "lundi mardi mercredi jeudi vendredi samedi dimanche");
        row(WEEKDAYS, "lunes martes miercoles jueves viernes sabado domingo");
        row(WEEKDAYS, "lunedi martedi mercoledi giovedi venerdi sabato domenica");
        row(WEEKDAYS, "segunda terca quarta quinta sexta sabado domingo");
        WEEKDAYS.put("sonnabend", 6);
        row(ORDINALS, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
                + "seventeenth eighteenth nineteenth twentieth");
        ORDINALS.put("thirtieth", 30);
        for (String first : new String[] {"premier", "primero", "primo", "primeiro", "ersten", "erster", "eerste"}) {
            ORDINALS.put(first, 1);
        }
    }

    private MomentWords() {}

    private static void row(Map<String, Integer> into, String words) {
        int value = 1;
        for (String word : words.split(" ")) {
            into.put(word, value++);
        }
    }

    /** 1 to 12, or 0. */
    static int month(String norm) {
        return MONTHS.getOrDefault(norm, 0);
    }

    /** 1 (Monday) to 7, or 0. */
    static int weekday(String norm) {
        return WEEKDAYS.getOrDefault(norm, 0);
    }

    /** A day of the month by one ordinal word or figure: “ninth”, “26th”, “neunten”; 0 for none. */
    static int ordinal(String norm) {
        int known = ORDINALS.getOrDefault(norm, 0);
        if (known > 0 || norm.length() < 3) {
            return known;
        }
        if (Character.isDigit(norm.charAt(0))) {
            int digits = Character.isDigit(norm.charAt(1)) ? 2 : 1;
            String rest = norm.substring(digits);
            boolean suffix = rest.equals("st") || rest.equals("nd") || rest.equals("rd") || rest.equals("th") || rest.equals("er");
            return suffix ? day(Integer.parseInt(norm.substring(0, digits))) : 0;
        }
        for (String suffix : new String[] {"sten", "ster", "ste", "ten", "ter", "te", "de"}) {
            if (norm.endsWith(suffix)) {
                int value = Numerals.value(norm.substring(0, norm.length() - suffix.length()));
                if (value > 1 && !norm.equals("achter")) {
                    return day(value);
                }
            }
        }
        return norm.equals("dritten") || norm.equals("dritter") ? 3 : norm.equals("siebten") ? 7 : norm.equals("achten") ? 8 : 0;
    }

    static int day(long value) {
        return value >= 1 && value <= 31 ? (int) value : 0;
    }
}
