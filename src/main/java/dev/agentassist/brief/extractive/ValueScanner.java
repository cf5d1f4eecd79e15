package dev.agentassist.brief.extractive;

import dev.agentassist.brief.extractive.ValueSpan.Type;
import dev.agentassist.brief.redaction.CardNumbers;
import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds e-mail addresses, amounts, dates, numbers and the like in what was said. */
final class ValueScanner {

    private static final int CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final Pattern EMAIL = Pattern.compile("[\\w.+%-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}");

    private static final Pattern PHONE = Pattern.compile("(?<![\\w.])(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{2,5}\\)[ .-]?)?\\d{2,5}(?:[ .-]\\d{2,5}){1,4}(?!\\w)");

    private static final Pattern MONEY = Pattern.compile(
            "(?:(?:US|CA|A)?[$€£¥₹]\\s?\\d{1,3}(?:[,.]?\\d{3}){0,3}(?:[.,]\\d{1,2})?(?:\\s?(?:k|million|thousand)\\b)?)"
                    + "|(?:\\d{1,3}(?:[,.]?\\d{3}){0,3}(?:[.,]\\d{1,2})?\\s?(?:€|£|dollars?|bucks|euros?|pounds|usd|eur|gbp|pesos|cents)"
                    + "(?:\\s(?:and\\s)?\\d{1,2}\\scents|\\s\\d{2})?(?![\\w]))",
            CASE);

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w-])\\d{1,6}[A-Za-z]?\\s(?:(?:north|south|east|west|[nsew]\\.?)\\s)?(?:[\\p{L}\\d'’.-]{1,20}\\s){1,4}?"
                    + "(?:street|avenue|ave|road|rd|drive|lane|ln|boulevard|blvd|court|way|terrace|circle|highway|square|parkway|crescent|close|st|dr|ct|pl|place)(?!\\w)(?:\\.(?!\\s))?"
                    + "(?:,?\\s(?:apt|apartment|unit|suite|flat|number|#)\\.?\\s?#?[\\w-]{1,6})?"
                    + "(?:,?\\s(?:in\\s)?(?-i:[A-Z])[\\p{L}.'’-]+(?:\\s(?-i:[A-Z])[\\p{L}.'’-]+){0,2})?(?:,?\\s(?-i:[A-Z]{2})(?!\\w))?(?:,?\\s\\d{5}(?:-\\d{4})?(?!\\d))?"
                    + "|(?<!\\w)(?-i:[A-ZÄÖÜ])[\\p{L}-]*(?:straße|strasse|str\\.|weg|platz|allee|gasse)\\s\\d{1,4}\\s?[a-z]?(?!\\w)(?:,?\\s(?:in\\s)?\\d{5}\\s(?-i:[A-ZÄÖÜ])[\\p{L}-]+)?"
                    + "|(?<![\\w-])(?:\\d{1,5}|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|oh|eighteen|fifteen|sixteen|fourteen|nineteen|thirteen|seventeen)[ -]){1,4})\\s?(?:[\\p{L}'’.-]{2,20}\\s){1,3}?,?\\s?(?:apartment|apt|unit|suite|flat)\\.?\\s#?(?:\\d{1,4}\\s?[a-z]?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\\s[a-z])?|[a-z])(?!\\w)"
                    + "|(?<!\\w)(?-i:[A-ZÄÖÜ])\\p{L}+(?:\\s(?-i:[A-ZÄÖÜ])\\p{L}+){0,2}\\s\\d{1,4}\\s?[a-z]?,\\s\\d{4,5}\\s(?-i:[A-ZÄÖÜ])[\\p{L}-]+"
                    + "|(?<!\\w)\\d{1,4}(?:\\s?(?:bis|ter))?,?\\s(?:rue|avenue|boulevard|place|chemin|impasse|quai|allée|cours)\\s(?:[\\p{L}'’-]{1,20}\\s?){1,4}"
                    + "|(?<!\\w)(?:via|viale|corso|piazza|rua|avenida|travessa|largo)\\s(?:[\\p{L}'’.-]{1,20}\\s){1,4}?\\d{1,4}(?!\\w)"
                    + "|(?<!\\w)(?-i:[A-Z])[\\p{L}-]*(?:straat|laan|gracht|plein|kade)\\s\\d{1,4}\\s?[a-z]?(?!\\w)"
                    + "|(?<!\\w)(?:calle|avenida|plaza|paseo|carrera)\\s(?:(?:de|del|la|las|los|el)\\s){0,2}(?-i:[A-ZÁÉÍÓÚÑ])[\\p{L}-]+(?:\\s[\\p{L}-]+){0,3}?,?\\s(?:número\\s|nº\\s?)?\\d{1,5}(?!\\w)",
            CASE);

    private static final Pattern CODE = Pattern.compile("(?<![\\w$€£.,@/])#?(?=[A-Za-z-]{0,12}\\d)[A-Za-z]{0,6}(?:-?[A-Za-z0-9]){2,24}(?:[-/][A-Za-z0-9]{1,12}){0,4}(?![\\w@]|[.,:/]\\d)");

    /** An amount to the cent without its currency. */
    private static final Pattern DECIMAL = Pattern.compile("(?<![\\w.,$€£:/-])(?:\\d{1,3}(?:,\\d{3}){0,2}\\.\\d{2}|\\d{1,3}(?:\\.\\d{3}){0,2},\\d{2})(?![\\w:/%]|[.,]\\d)");

    /** “the end of the month” */
    private static final Pattern PERIOD_END = Pattern.compile(
            "(?<!\\w)(?:end of (?:the|this|next) (?:month|week|year)|end of (?:january|february|march|april|may|june|july|august|september|october|november|december)|fin de mes|Ende (?:des Monats|der Woche|des Jahres))(?!\\w)",
            CASE);

    /** “insured for 85,000” */
    private static final Pattern GROUPED = Pattern.compile("(?<=\\b(?:for|of|is|at|worth|over)\\s)\\d{1,3}(?:,\\d{3}){1,2}(?=\\s*(?:[.;!?]|,\\s|$))");

    /** “14B”, “C7”. */
    private static final Pattern SHORT_CODE = Pattern.compile("(?<![\\w.,$€£:/-])(?:\\d{1,3}[A-Za-z]|[A-Z]\\d{1,3})(?![\\w:/%@-])");

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.,$€£:/-])\\d{1,4}(?![\\w:/%-]|[.,]\\d)");

    private ValueScanner() {}

    /** The values of a turn, in order; where two readings overlap, the more telling one. */
    static List<ValueSpan> scan(String text, List<Words.Word> words) {
        boolean digits = text.chars().anyMatch(Character::isDigit);
        var spans = new ArrayList<ValueSpan>();
        emails(text, spans);
        NumberWords.money(text, words, spans);
        if (digits) {
            match(MONEY, text, Type.MONEY, true, spans);
        }
        if (text.contains("end of") || text.contains("fin de") || text.contains("Ende ")) {
            match(PERIOD_END, text, Type.DATE, false, spans);
        }
        moments(text, words, spans);
        if (Streets.named(words)) {
            match(ADDRESS, text, Type.ADDRESS, true, spans);
        }
        for (ValueSpan street : StreetNames.in(text, words)) {
            add(spans, street);
        }
        for (ValueSpan duration : Durations.in(text, words)) {
            add(spans, duration);
        }
        if (digits) {
            phones(text, spans);
        }
        spoken(text, words, spans);
        if (digits) {
            codes(text, spans);
            match(DECIMAL, text, Type.MONEY, true, spans);
            match(GROUPED, text, Type.MONEY, true, spans);
            match(SHORT_CODE, text, Type.NUMBER, false, spans);
            match(NUMBER, text, Type.NUMBER, false, spans);
        }
        NumberWords.counts(text, words, spans);
        spans.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return spans;
    }

    private static void match(Pattern pattern, String text, Type type, boolean sure, List<ValueSpan> spans) {
        Matcher m = pattern.matcher(text);
        while (m.find()) {
            String value = m.group().strip().replaceAll("\\s+", " ");
            while (!value.isEmpty() && ",".indexOf(value.charAt(value.length() - 1)) >= 0) {
                value = value.substring(0, value.length() - 1);
            }
            if (type != Type.ADDRESS || named(value)) {
                add(spans, new ValueSpan(type, value, m.start(), m.end(), sure));
            }
        }
    }

    /** “801 555 0173. Dr” has no street’s name. */
    private static boolean named(String address) {
        int letters = 0;
        for (int i = 0; i < address.length(); i++) {
            letters += Character.isLetter(address.charAt(i)) ? 1 : 0;
        }
        return letters > 3 || address.indexOf(". ") < 0;
    }

    private static boolean add(List<ValueSpan> spans, ValueSpan span) {
        for (ValueSpan other : spans) {
            if (other.overlaps(span)) {
                return false;
            }
        }
        spans.add(span);
        return true;
    }

    private static void emails(String text, List<ValueSpan> spans) {
        if (text.indexOf('@') >= 0) {
            match(EMAIL, text, Type.EMAIL, true, spans);
        }
        for (ValueSpan spoken : SpokenEmail.in(text)) {
            add(spans, spoken);
        }
    }

    private static void phones(String text, List<ValueSpan> spans) {
        Matcher m = PHONE.matcher(text);
        while (m.find()) {
            long count = m.group().chars().filter(Character::isDigit).count();
            boolean shaped = count >= 10 || count == 7 && m.group().matches("\\d{3}[ .-]\\d{4}");
            if (shaped && count <= 15 && !CardNumbers.valid(m.group().replaceAll("\\D", ""))) {
                add(spans, new ValueSpan(Type.PHONE, m.group().strip(), m.start(), m.end(), count >= 10));
            }
        }
    }

    private static void spoken(String text, List<Words.Word> words, List<ValueSpan> spans) {
        for (SpokenDigits.Run run : SpokenDigits.in(text, words, 3)) {
            if (!run.hasDigit() || CardNumbers.valid(run.written())) {
                continue;
            }
            boolean digits = run.written().chars().allMatch(Character::isDigit);
            boolean several = text.substring(run.start(), run.end()).strip().indexOf(' ') > 0 || run.spoken();
            if (several && !multiplied(words, run)) {
                int plus = digits && run.written().length() >= 10 ? plus(words, run) : -1;
                if (plus >= 0) {
                    add(spans, new ValueSpan(Type.PHONE, "+" + run.written(), plus, run.end(), true));
                }
                // A figure among letters, or a letter among figures, is no word: its form alone tells.
                boolean sure = run.written().length() >= 5 && !digits && run.written().chars().filter(Character::isDigit).count() >= 2;
                Type type = digits && (run.written().length() == 10 || run.written().length() == 11) ? Type.PHONE : Type.CODE;
                add(spans, new ValueSpan(type, run.written(), run.start(), run.end(), sure));
            }
        }
    }

    /** “thirty eight, four hundred” is an amount. */
    private static boolean multiplied(List<Words.Word> words, SpokenDigits.Run run) {
        for (Words.Word word : words) {
            if (word.start() >= run.end()) {
                return word.start() <= run.end() + 1 && (word.norm().equals("hundred") || word.norm().equals("thousand") || word.norm().equals("million"));
            }
        }
        return false;
    }

    /** Where the “plus” before a telephone’s number begins, or -1. */
    private static int plus(List<Words.Word> words, SpokenDigits.Run run) {
        Words.Word before = null;
        for (Words.Word word : words) {
            before = word.end() <= run.start() ? word : before;
        }
        return before != null && before.norm().equals("plus") ? before.start() : -1;
    }

    private static void codes(String text, List<ValueSpan> spans) {
        Matcher m = CODE.matcher(text);
        while (m.find()) {
            String code = m.group();
            boolean hash = code.startsWith("#");
            String value = hash ? code.substring(1) : code;
            long digits = value.chars().filter(Character::isDigit).count();
            boolean letters = value.chars().anyMatch(Character::isLetter);
            boolean ordinal = value.matches("(?i)\\d+(?:st|nd|rd|th|s|am|pm|min|mins|h|hrs|k|kg|gb|mb|x|g|days?|hours?|mg|ml|cm|mm|km|ft|lbs?|oz)");
            boolean enough = digits >= 4 || letters && digits >= 3 || letters && digits >= 1 && value.length() >= 4;
            if (enough && !ordinal && !CardNumbers.valid(value.replaceAll("[-/]", ""))) {
                boolean sure = hash || letters && digits >= 2 && value.length() >= 5;
                add(spans, new ValueSpan(Type.CODE, value, m.start(), m.end(), sure));
            }
        }
    }

    /** A date is sure by its form where it has a day and a month. */
    private static void moments(String text, List<Words.Word> words, List<ValueSpan> spans) {
        for (Moments.Moment moment : Moments.in(text, words)) {
            Type type = moment.day() > 0 || moment.weekday() > 0 || moment.minutes() < 0 ? Type.DATE : Type.TIME;
            String value = text.substring(moment.start(), moment.end()).replaceAll("\\s+", " ").replaceAll("['’]s$", "");
            add(spans, new ValueSpan(type, value, moment.start(), moment.end(), moment.day() > 0 && moment.month() > 0 || moment.minutes() < 0 && moment.weekday() == 0 && moment.day() == 0));
        }
    }
}
