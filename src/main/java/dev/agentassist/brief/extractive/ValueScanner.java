package dev.agentassist.brief.extractive;

import dev.agentassist.brief.extractive.ValueSpan.Type;
import dev.agentassist.brief.redaction.CardNumbers;
import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds e-mail addresses, amounts, dates, numbers and the like in what was said. */
final class ValueScanner {

    private static final int CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final Pattern EMAIL = Pattern.compile("[\\w.+%-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}");

    private static final Pattern SPOKEN_EMAIL = Pattern.compile(
            "\\b([\\w-]{1,40}(?:\\s(?:dot|period|underscore|dash|hyphen|punto|punkt)\\s[\\w-]{1,40}){0,4})\\s(?:at|arroba|ät)\\s"
                    + "([\\w-]{1,40}(?:\\s(?:dot|punto|punkt)\\s[a-z]{2,12}){1,3})\\b",
            CASE);

    private static final Pattern PHONE = Pattern.compile("(?<![\\w.])(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{2,5}\\)[ .-]?)?\\d{2,5}(?:[ .-]\\d{2,5}){1,4}(?!\\w)");

    private static final Pattern MONEY = Pattern.compile(
            "(?:(?:US|CA|A)?[$€£¥₹]\\s?\\d{1,3}(?:[,.]?\\d{3}){0,3}(?:[.,]\\d{1,2})?(?:\\s?(?:k|million|thousand)\\b)?)"
                    + "|(?:\\d{1,3}(?:[,.]?\\d{3}){0,3}(?:[.,]\\d{1,2})?\\s?(?:€|£|dollars?|bucks|euros?|pounds|usd|eur|gbp|pesos|cents)"
                    + "(?:\\s(?:and\\s)?\\d{1,2}\\scents)?(?![\\w]))",
            CASE);

    private static final String MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
            + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero"
            + "|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)";

    private static final String ORDINAL = "(?:\\d{1,2}(?:st|nd|rd|th|\\.)?|(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth|fifth|sixth|seventh"
            + "|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
            + "|nineteenth|twentieth|thirtieth)";

    private static final String YEAR = "(?:,?\\s(?:of\\s|de\\s|del\\s)?(?:19|20)\\d{2}(?!\\d)"
            + "|,?\\s(?:nineteen|twenty)[ -](?:\\w+ty|\\w+teen|oh|ten|eleven|twelve)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)?";

    private static final String DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
            + "|lunes|martes|miércoles|jueves|viernes|sábado|domingo";

    private static final String CLOCK = "(?:\\d{1,2}(?::\\d{2})?\\s?(?:a\\.?m\\.?|p\\.?m\\.?)(?!\\w)|\\d{1,2}:\\d{2}(?::\\d{2})?|\\d{1,2}\\s?(?:o['’]clock|uhr)|noon|midnight"
            + "|(?:half\\spast|quarter\\s(?:past|to))\\s(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?!\\w)|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\\s(?:thirty|fifteen|forty[ -]five))?\\s?(?:a\\.?m\\.?|p\\.?m\\.?|o['’]clock)(?!\\w))";

    private static final Pattern DATE = Pattern.compile(
            "(?<![\\w-])(?:(?:(?:" + DAY + "),?\\s(?:the\\s)?)?(?:(?:the\\s)?" + ORDINAL + "\\s(?:of\\s|de\\s)?" + MONTH + "\\b" + YEAR
                    + "|" + MONTH + "\\s(?:the\\s)?" + ORDINAL + "\\b" + YEAR + ")"
                    + "|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}/\\d{2,4}|\\d{1,2}\\.\\d{1,2}\\.\\d{2,4})(?![\\w])",
            CASE);

    private static final Pattern DAY_OF_WEEK = Pattern.compile(
            "(?<!\\w)(?:(?:next|this|coming|nächsten|kommenden|el|am)\\s)?(?:" + DAY + ")(?:\\s(?:the\\s)?" + ORDINAL + "(?!\\w))?(?:\\s(?:morning|afternoon|evening|night))?(?!\\w)"
                    + "|(?<!\\w)(?:tomorrow|tonight|morgen|mañana)(?:\\s(?:morning|afternoon|evening))?(?!\\w)",
            CASE);

    private static final Pattern TIME = Pattern.compile("(?<![\\w:])" + CLOCK, CASE);

    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w-])\\d{1,6}[A-Za-z]?\\s(?:(?:north|south|east|west|[nsew]\\.?)\\s)?(?:[\\p{L}\\d'’.-]{1,20}\\s){1,4}?"
                    + "(?:street|avenue|ave|road|rd|drive|lane|ln|boulevard|blvd|court|way|terrace|circle|highway|square|parkway|crescent|close|st|dr|ct|pl|place)(?!\\w)\\.?"
                    + "(?:,?\\s(?:apt|apartment|unit|suite|flat|number|#)\\.?\\s?#?[\\w-]{1,6})?"
                    + "(?:,?\\s(?:in\\s)?(?-i:[A-Z])[\\p{L}.'’-]+(?:\\s(?-i:[A-Z])[\\p{L}.'’-]+){0,2})?(?:,?\\s(?-i:[A-Z]{2})(?!\\w))?(?:,?\\s\\d{5}(?:-\\d{4})?(?!\\d))?"
                    + "|(?<!\\w)(?-i:[A-ZÄÖÜ])[\\p{L}-]*(?:straße|strasse|str\\.|weg|platz|allee|gasse)\\s\\d{1,4}\\s?[a-z]?(?!\\w)(?:,?\\s(?:in\\s)?\\d{5}\\s(?-i:[A-ZÄÖÜ])[\\p{L}-]+)?"
                    + "|(?<!\\w)(?:calle|avenida|plaza|paseo|carrera)\\s(?:(?:de|del|la|las|los|el)\\s){0,2}(?-i:[A-ZÁÉÍÓÚÑ])[\\p{L}-]+(?:\\s[\\p{L}-]+){0,3}?,?\\s(?:número\\s|nº\\s?)?\\d{1,5}(?!\\w)",
            CASE);

    private static final Pattern CODE = Pattern.compile("(?<![\\w$€£.,@/])#?(?=[A-Za-z-]{0,12}\\d)[A-Za-z]{0,6}(?:-?[A-Za-z0-9]){2,24}(?:[-/][A-Za-z0-9]{1,12}){0,4}(?![\\w@]|[.,:/]\\d)");

    /** An amount to the cent without its currency. */
    private static final Pattern DECIMAL = Pattern.compile("(?<![\\w.,$€£:/-])\\d{1,3}(?:,\\d{3}){0,2}\\.\\d{2}(?![\\w:/%]|[.,]\\d)");

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
        match(DATE, text, Type.DATE, true, spans);
        match(ADDRESS, text, Type.ADDRESS, true, spans);
        if (digits) {
            phones(text, spans);
        }
        match(TIME, text, Type.TIME, false, spans);
        match(DAY_OF_WEEK, text, Type.DATE, false, spans);
        spoken(text, words, spans);
        if (digits) {
            codes(text, spans);
            match(DECIMAL, text, Type.MONEY, true, spans);
            match(SHORT_CODE, text, Type.NUMBER, false, spans);
            match(NUMBER, text, Type.NUMBER, false, spans);
        }
        NumberWords.counts(words, spans);
        moments(text, spans);
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
            add(spans, new ValueSpan(type, value, m.start(), m.end(), sure));
        }
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
        if (text.contains(" at ") || text.contains(" arroba ") || text.contains(" ät ")) {
            Matcher m = SPOKEN_EMAIL.matcher(text);
            while (m.find()) {
                String value = said(m.group(1)) + "@" + said(m.group(2));
                add(spans, new ValueSpan(Type.EMAIL, value.toLowerCase(Locale.ROOT), m.start(), m.end(), true));
            }
        }
    }

    private static String said(String words) {
        String written = words.replaceAll("(?i)\\s(?:dot|period|punto|punkt)\\s", ".")
                .replaceAll("(?i)\\sunderscore\\s", "_")
                .replaceAll("(?i)\\s(?:dash|hyphen)\\s", "-");
        // “m-a-r-i-a” is spelled.
        return written.matches("(?:\\w-){2,}\\w") ? written.replace("-", "") : written;
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
            if (several) {
                Type type = digits && (run.written().length() == 10 || run.written().length() == 11) ? Type.PHONE : Type.CODE;
                add(spans, new ValueSpan(type, run.written(), run.start(), run.end(), false));
            }
        }
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
            boolean enough = digits >= 3 || letters && digits >= 1 && value.length() >= 4;
            if (enough && !ordinal && !CardNumbers.valid(value.replaceAll("[-/]", ""))) {
                boolean sure = hash || letters && digits >= 2 && value.length() >= 5;
                add(spans, new ValueSpan(Type.CODE, value, m.start(), m.end(), sure));
            }
        }
    }

    /** “Tuesday the 5th at 3 pm”: a date and a time with only “at” between them are one moment. */
    private static void moments(String text, List<ValueSpan> spans) {
        spans.sort((a, b) -> Integer.compare(a.start(), b.start()));
        for (int i = 0; i + 1 < spans.size(); i++) {
            ValueSpan a = spans.get(i);
            ValueSpan b = spans.get(i + 1);
            boolean pair = a.type() == Type.DATE && b.type() == Type.TIME || a.type() == Type.TIME && b.type() == Type.DATE;
            if (pair && text.substring(a.end(), b.start()).matches("(?i),?\\s?(?:at|on|um|a las|the)?\\s?")) {
                String value = text.substring(a.start(), b.end()).replaceAll("\\s+", " ");
                spans.set(i, new ValueSpan(Type.DATE, value, a.start(), b.end(), a.sure() || b.sure()));
                spans.remove(i + 1);
            }
        }
    }
}
