package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds points in time in what was said, in any of the usual wordings: “the ninth of April”, “Thursday the 26th at half past
 * nine”, “le 9 novembre”, “alle undici e mezza”, “2026-12-03T09:00”.
 */
final class Moments {

    /**
     * A point in time, as far as it was said.
     *
     * @param month 1 to 12, or 0
     * @param day of the month, or 0
     * @param year or 0
     * @param weekday 1 (Monday) to 7, or 0
     * @param minutes after midnight or noon (0 to 719), or -1
     * @param start in the text
     * @param end exclusive
     */
    record Moment(int month, int day, int year, int weekday, int minutes, int start, int end) {

        boolean dated() {
            return day > 0 || weekday > 0 || minutes < 0;
        }

        /** Whether two name one and the same, one of them perhaps more fully. */
        boolean agrees(Moment other) {
            boolean day = this.day > 0 && other.day > 0;
            boolean sameDay = this.day == other.day && (month == 0 || other.month == 0 || month == other.month) && (year == 0 || other.year == 0 || year == other.year);
            boolean times = minutes >= 0 && other.minutes >= 0;
            if (day) {
                return sameDay && (!times || minutes == other.minutes);
            }
            return this.day == 0 && other.day == 0 && weekday == other.weekday && minutes == other.minutes && (weekday > 0 || times);
        }

        private Moment with(Moment time) {
            return new Moment(month, day, year, weekday, time.minutes, Math.min(start, time.start), Math.max(end, time.end));
        }
    }

    /** Behind “at five” these show that five is a time and not an amount. */
    private static final Set<String> GO_ON = Set.of(
            "in", "on", "today", "tonight", "tomorrow", "this", "and", "or", "then", "but", "so", "if", "because", "is", "i", "we", "you", "am",
            "pm", "sharp", "for", "to", "prima", "e", "und", "y", "et", "de", "del", "da", "do", "heute", "morgen", "hoy", "oggi", "que", "every");

    private final String text;
    private final List<Words.Word> words;

    private Moments(String text, List<Words.Word> words) {
        this.text = text;
        this.words = words;
    }

    /** In the order of the text. */
    static List<Moment> in(String text, List<Words.Word> words) {
        return new Moments(text, words).scan();
    }

    private List<Moment> scan() {
        var found = new ArrayList<Moment>();
        int i = 0;
        while (i < words.size()) {
            Moment moment = at(i);
            if (moment == null) {
                i++;
                continue;
            }
            found.add(moment);
            while (i < words.size() && words.get(i).start() < moment.end()) {
                i++;
            }
        }
        for (int k = 0; k + 1 < found.size(); k++) {
            Moment a = found.get(k);
            Moment b = found.get(k + 1);
            boolean pair = a.minutes < 0 != b.minutes < 0 && (a.minutes < 0 ? b.day == 0 && b.weekday == 0 : a.day == 0 && a.weekday == 0);
            boolean days = a.minutes < 0 && b.minutes < 0 && a.day == 0 && a.weekday > 0 && a.weekday <= 7 && b.day > 0 && b.weekday == 0;
            if ((pair || days) && between(a.end, b.start)) {
                Moment whole = days
                        ? new Moment(b.month, b.day, b.year, a.weekday, -1, a.start, b.end)
                        : a.minutes < 0 ? a.with(b) : b.with(a);
                found.set(k, whole);
                found.remove(k + 1);
                k--;
            }
        }
        return found;
    }

    /** Only a comma and a word such as “at” stands between. */
    private boolean between(int from, int to) {
        String gap = Words.fold(text.substring(from, to)).strip();
        String bare = gap.startsWith(",") ? gap.substring(1).strip() : gap;
        return bare.isEmpty() || bare.length() <= 6 && (MomentWords.AT.contains(bare) && !bare.equals("by") || MomentWords.ARTICLES.contains(bare) || bare.equals("a las") || bare.equals("on"));
    }

    private String norm(int i) {
        return i >= 0 && i < words.size() ? words.get(i).norm() : "";
    }

    private Moment at(int i) {
        Moment found = written(i);
        found = found == null ? date(i) : found;
        found = found == null ? weekday(i) : found;
        found = found == null ? relative(i) : found;
        return found == null ? time(i) : found;
    }

    /** “2026-12-03”, “12/03/2026”, “28.8.2026”. */
    private Moment written(int i) {
        String w = norm(i);
        if (w.isEmpty() || !Character.isDigit(w.charAt(0)) || i + 2 > words.size() || i > 0 && glued(i)) {
            return null;
        }
        int start = words.get(i).start();
        int from = words.get(i).end();
        char separator = from < text.length() ? text.charAt(from) : ' ';
        if (separator != '-' && separator != '/' && separator != '.' || i + 2 >= words.size() && separator != '.') {
            return null;
        }
        int a = number(i);
        int b = number(i + 1);
        String last = norm(i + 2);
        if (separator == '-' && w.length() == 4 && a >= 1900 && a < 2100 && b >= 1 && b <= 12 && last.length() >= 2 && adjacent(i + 1, '-') && adjacent(i + 2, '-')) {
            int day = last.length() > 2 && last.charAt(2) == 't' ? digits(last.substring(0, 2)) : digits(last);
            if (day < 1 || day > 31) {
                return null;
            }
            int end = words.get(i + 2).end();
            int minutes = -1;
            if (last.length() == 5 && last.charAt(2) == 't' && end < text.length() && text.charAt(end) == ':') {
                minutes = (digits(last.substring(3)) * 60 + Math.max(0, number(i + 3))) % 720;
                end = words.get(Math.min(words.size() - 1, i + 3)).end();
                while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && ",;".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
            } else if (last.length() != 2) {
                return null;
            }
            return new Moment(b, day, a, 0, minutes, start, end);
        }
        boolean three = separator != '-' && w.length() <= 2 && b >= 1 && b <= 31 && norm(i + 1).length() <= 2 && adjacent(i + 1, separator);
        int year = three && adjacent(i + 2, separator) && (last.length() == 4 || last.length() == 2) ? digits(last) : -1;
        if (!three || a < 1 || a > 31 || year < 0 && separator != '.') {
            return null;
        }
        if (year < 0) {
            int after = words.get(i + 1).end();
            boolean version = after + 1 < text.length() && Character.isDigit(text.charAt(after + 1));
            boolean dotted = after < text.length() && text.charAt(after) == '.' && b >= 1 && b <= 12 && glued(i + 1) && !version;
            return dotted ? new Moment(b, a, 0, 0, -1, start, words.get(i + 1).end() + 1) : null;
        }
        // A stroke is ambiguous: which is the month is known only where one is above 12.
        int month = separator == '.' || a > 12 ? b : b > 12 ? a : 0;
        int day = separator == '.' || a > 12 ? a : b > 12 ? b : 0;
        return month > 12 ? null : new Moment(month, day, year < 100 ? 0 : year, 0, -1, start, words.get(i + 2).end());
    }

    private boolean glued(int i) {
        return words.get(i).start() - words.get(i - 1).end() == 1 && !Character.isWhitespace(text.charAt(words.get(i).start() - 1));
    }

    private boolean adjacent(int i, char separator) {
        return i < words.size() && words.get(i).start() - words.get(i - 1).end() == 1 && text.charAt(words.get(i - 1).end()) == separator;
    }

    private int number(int i) {
        return digits(norm(i));
    }

    private static int digits(String word) {
        if (word.isEmpty() || word.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    /** The word behind a day of the month, with the day in {@link #day}; or {@code i}. */
    private int dayEnd(int i, boolean cardinals) {
        String w = norm(i);
        day = MomentWords.ordinal(w);
        if (day > 0 && !(day < 4 && !cardinals && !Character.isDigit(w.charAt(0)))) {
            return i + 1;
        }
        if (w.equals("twenty") || w.equals("thirty")) {
            int unit = MomentWords.ordinal(norm(i + 1));
            if (unit > 0 && unit < 10) {
                day = (w.equals("twenty") ? 20 : 30) + unit;
                return i + 2;
            }
        }
        if (!cardinals) {
            return i;
        }
        int figure = w.length() <= 2 ? digits(w) : -1;
        if (figure > 0) {
            day = MomentWords.day(figure);
            boolean decimal = words.get(i).end() + 1 < text.length() && ".:,%".indexOf(text.charAt(words.get(i).end())) >= 0 && Character.isDigit(text.charAt(words.get(i).end() + 1));
            return day > 0 && !decimal ? i + 1 : i;
        }
        Numerals.Found spoken = i < words.size() ? Numerals.at(text, words, i) : null;
        day = spoken == null ? 0 : MomentWords.day(spoken.value());
        return day > 0 ? spoken.end() : i;
    }

    /** Set by {@link #dayEnd}. */
    private int day;

    private Moment date(int i) {
        int month = MomentWords.month(norm(i));
        if (month > 0) {
            int from = MomentWords.ARTICLES.contains(norm(i + 1)) ? i + 2 : i + 1;
            int end = from < words.size() && close(i, from) ? dayEnd(from, true) : from;
            boolean clock = end > from && end < words.size() && (norm(end).equals("am") || norm(end).equals("pm") || text.charAt(words.get(from).end()) == ':');
            return end > from && !clock ? dated(month, day, 0, words.get(i).start(), end) : null;
        }
        int end = dayEnd(i, true);
        if (end == i || verb(end)) {
            return null;
        }
        int of = MomentWords.OF.contains(norm(end)) ? end + 1 : end;
        month = of < words.size() && close(end - 1, of) ? MomentWords.month(norm(of)) : 0;
        boolean comma = of < words.size() && of > 0 && text.substring(words.get(end - 1).end(), Math.max(words.get(end - 1).end(), words.get(of).start())).indexOf(',') >= 0;
        month = comma || norm(of).equals("sept") && Numerals.value(norm(end - 1)) >= 0 ? 0 : month;
        return month == 0 ? null : dated(month, day, 0, words.get(i).start(), of + 1);
    }

    /** “one may charge”: a number’s word before the verb. */
    private boolean verb(int month) {
        boolean may = norm(month).equals("may") || norm(month).equals("march");
        return may && Character.isLowerCase(text.charAt(words.get(month).start())) && norm(month - 1).equals("one") && month + 1 < words.size() && Character.isLetter(norm(month + 1).charAt(0));
    }

    /** No sentence ends between. */
    private boolean close(int before, int after) {
        int gap = words.get(after).start() - words.get(before).end();
        String between = gap <= 0 ? "" : text.substring(words.get(before).end(), words.get(after).start());
        return gap < 12 && between.indexOf('!') < 0 && between.indexOf('?') < 0 && between.indexOf(';') < 0 && (between.indexOf('.') < 0 || Character.isDigit(text.charAt(words.get(before).end() - 1)) || norm(before).length() == 3);
    }

    private Moment dated(int month, int theDay, int weekday, int start, int end) {
        int last = end;
        int year = 0;
        int at = MomentWords.OF.contains(norm(end)) ? end + 1 : end;
        if (at < words.size() && close(end - 1, at)) {
            int figure = number(at);
            boolean plain = words.get(at).end() >= text.length() || ":,.-/".indexOf(text.charAt(words.get(at).end())) < 0 || words.get(at).end() + 1 >= text.length() || !Character.isDigit(text.charAt(words.get(at).end() + 1));
            if (figure >= 1900 && figure < 2100 && plain) {
                year = figure;
                last = at + 1;
            } else {
                int century = Numerals.value(norm(at));
                if (century == 19 || century == 20) {
                    int from = norm(at + 1).equals("hundred") ? at + 2 : at + 1;
                    boolean oh = norm(from).equals("oh") || norm(from).equals("o");
                    Numerals.Found rest = (oh ? from + 1 : from) < words.size() ? Numerals.at(text, words, oh ? from + 1 : from) : null;
                    if (rest != null && rest.value() < 100) {
                        year = century * 100 + (int) rest.value();
                        last = rest.end();
                    }
                }
            }
        }
        return new Moment(month, theDay, year, weekday, -1, start, words.get(last - 1).end());
    }

    private Moment weekday(int i) {
        int weekday = MomentWords.weekday(norm(i));
        if (weekday == 0) {
            return theDay(i);
        }
        boolean feira = norm(i + 1).equals("feira");
        boolean portuguese = norm(i).equals("segunda") || norm(i).equals("terca") || norm(i).equals("quarta") || norm(i).equals("quinta") || norm(i).equals("sexta");
        if (portuguese && !feira || norm(i).equals("martes") && text.charAt(words.get(i).start()) == 'M' && i > 0) {
            return null;
        }
        boolean next = norm(i - 1).equals("next") || norm(i - 1).equals("nachsten") || norm(i - 1).equals("kommenden") || norm(i - 1).equals("last");
        int start = words.get(next && i > 0 ? i - 1 : i).start();
        int end = feira ? i + 2 : i + 1;
        int at = end;
        while (at < words.size() && at < end + 2 && MomentWords.ARTICLES.contains(norm(at))) {
            at++;
        }
        if (at < words.size() && close(end - 1, at)) {
            Moment date = date(at);
            if (date != null) {
                return new Moment(date.month, date.day, date.year, weekday, -1, start, date.end);
            }
            boolean spoken = !norm(i).endsWith("day") && Numerals.value(norm(at)) > 1;
            int dayEnd = dayEnd(at, at > end || spoken);
            spoken &= !hours(dayEnd);
            boolean clock = dayEnd > at && dayEnd < words.size() && (norm(dayEnd).equals("am") || norm(dayEnd).equals("pm"));
            if (dayEnd > at && !clock && (at > end || Character.isDigit(norm(at).charAt(0)) || spoken)) {
                return new Moment(0, day, 0, weekday, -1, start, words.get(dayEnd - 1).end());
            }
        }
        if (MomentWords.PARTS.contains(norm(end)) && close(end - 1, end)) {
            end++;
        }
        return new Moment(0, 0, 0, weekday, -1, start, words.get(end - 1).end());
    }

    private boolean hours(int i) {
        return norm(i).equals("uhr") || norm(i).equals("heures") || norm(i).equals("ore") || norm(i).equals("horas") || norm(i).equals("uur") || norm(i).equals("h");
    }

    /** “the 26th”, “the ninth”. */
    private Moment theDay(int article0) {
        int i = article0 + 1;
        if (!MomentWords.ARTICLES.contains(norm(article0)) || i >= words.size()) {
            return null;
        }
        int end = dayEnd(i, false);
        if (end == i) {
            return null;
        }
        boolean article = MomentWords.ARTICLES.contains(norm(i - 1));
        boolean counted = end < words.size() && close(end - 1, end) && text.substring(words.get(end - 1).end(), words.get(end).start()).isBlank()
                && !MomentWords.AT.contains(norm(end)) && !GO_ON.contains(norm(end)) && !norm(end).equals("or") && !norm(end).equals("from");
        return article && !counted ? new Moment(0, day, 0, 0, -1, words.get(i - 1).start(), words.get(end - 1).end()) : null;
    }

    private Moment relative(int i) {
        if (!MomentWords.TODAY.contains(norm(i))) {
            return null;
        }
        boolean greeting = norm(i).equals("morgen") && (norm(i - 1).equals("guten") || norm(i - 1).equals("am"))
                || norm(i).equals("hier") || norm(i).equals("manana") && (norm(i - 1).equals("la") || norm(i - 1).equals("de"));
        if (greeting) {
            return null;
        }
        int end = MomentWords.PARTS.contains(norm(i + 1)) ? i + 2 : i + 1;
        return new Moment(0, 0, 0, 10 + Math.abs(norm(i).hashCode() % 1000), -1, words.get(i).start(), words.get(end - 1).end());
    }

    private Moment time(int i) {
        String w = norm(i);
        if (w.isEmpty()) {
            return null;
        }
        if (MomentWords.NOON.contains(w)) {
            return clock(0, i, i + 1);
        }
        if (w.equals("half") || w.equals("quarter")) {
            int at = norm(i + 1).equals("past") || norm(i + 1).equals("to") || norm(i + 1).equals("after") || norm(i + 1).equals("til") ? i + 2 : i + 1;
            int hour = hour(at);
            boolean bare = at == i + 1 && w.equals("quarter");
            if (hour > 0 && !bare && hourEnd > at) {
                int minutes = w.equals("half") ? 30 : norm(i + 1).equals("past") || norm(i + 1).equals("after") ? 15 : -15;
                return clock(hour * 60 + minutes, i, hourEnd);
            }
            return w.equals("half") && norm(at).equals("hour") ? null : null;
        }
        int digitsEnd = words.get(i).end();
        if (Character.isDigit(w.charAt(0))) {
            return figures(i, w, digitsEnd);
        }
        int hour = hour(i);
        if (hour <= 0) {
            return null;
        }
        int end = hourEnd;
        String next = norm(end);
        if (next.equals("past") || next.equals("after") || next.equals("to")) {
            int of = hour(end + 1);
            if (of > 0 && of <= 12 && (next.equals("after") || next.equals("past")) && (hour == 5 || hour == 10 || hour == 20 || hour == 25)) {
                return clock(of * 60 + hour, i, hourEnd);
            }
            hour(i);
        }
        boolean clock = next.equals("am") || next.equals("pm") || next.equals("uhr") || next.equals("heures") || next.equals("ore") || next.equals("horas")
                || next.equals("o") && text.startsWith("clock", Math.min(text.length(), words.get(end).start() + 2));
        if (next.equals("a") && norm(end + 1).equals("m") || next.equals("p") && norm(end + 1).equals("m")) {
            return clock(hour * 60, i, end + 2);
        }
        if (clock && hour <= 24) {
            return clock(hour * 60, i, end + 1);
        }
        Numerals.Found more = end < words.size() && Numerals.joined(text, words, end) ? Numerals.at(text, words, end) : null;
        boolean half = more != null && hour <= 12 && more.value() >= 5 && more.value() < 60 && more.value() % 5 == 0;
        if (half && (norm(more.end()).equals("am") || norm(more.end()).equals("pm") || (norm(more.end()).equals("a") || norm(more.end()).equals("p")) && norm(more.end() + 1).equals("m"))) {
            int last = norm(more.end()).length() == 1 ? more.end() + 2 : more.end() + 1;
            return clock(hour * 60 + (int) more.value(), i, last);
        }
        boolean las = norm(i - 1).equals("las") || norm(i - 1).equals("la") && norm(i - 2).equals("a");
        boolean after = norm(i - 1).equals("after") && half;
        boolean at = MomentWords.AT.contains(norm(i - 1)) && !norm(i - 1).equals("a") && !norm(i - 1).equals("as") && !norm(i - 1).equals("after") && !norm(i - 1).equals("la") || norm(i - 1).equals("till") || after || las;
        if (!at || hour > 12) {
            return null;
        }
        int minutes = 0;
        if (more != null && (more.value() == 30 || more.value() == 15 || more.value() == 45 || more.value() == 40 || more.value() == 20 || more.value() == 10 || more.value() == 50)) {
            minutes = (int) more.value();
            end = more.end();
        } else if (more != null) {
            return null;
        }
        if ((norm(end).equals("e") || norm(end).equals("y")) && (norm(end + 1).equals("mezza") || norm(end + 1).equals("mezzo") || norm(end + 1).equals("media") || norm(end + 1).equals("meia"))) {
            minutes = 30;
            end += 2;
        } else if ((norm(end).equals("e") || norm(end).equals("y")) && (norm(end + 1).equals("cuarto") || norm(end + 1).equals("quarto"))) {
            minutes = 15;
            end += 2;
        } else if (norm(end).equals("e") && norm(end + 1).equals("un") && norm(end + 2).equals("quarto")) {
            minutes = 15;
            end += 3;
        }
        return ends(end) ? clock(hour * 60 + minutes, i, end) : null;
    }

    private int hourEnd;

    private int hour(int i) {
        if (i >= words.size()) {
            return 0;
        }
        int figure = number(i);
        if (figure >= 0) {
            hourEnd = i + 1;
            return figure;
        }
        Numerals.Found found = Numerals.at(text, words, i);
        hourEnd = found == null ? i : found.end();
        return found == null || found.value() > 59 ? 0 : (int) found.value();
    }

    private Moment figures(int i, String w, int digitsEnd) {
        boolean part = i > 0 && words.get(i).start() > 0 && "$€£.,:/-+#".indexOf(text.charAt(words.get(i).start() - 1)) >= 0;
        if (part) {
            return null;
        }
        int hour = w.length() <= 2 ? digits(w) : -1;
        if (hour < 0) {
            boolean glued = w.length() <= 4 && (w.endsWith("am") || w.endsWith("pm")) && digits(w.substring(0, w.length() - 2)) >= 0;
            if (glued) {
                return clock(digits(w.substring(0, w.length() - 2)) * 60, i, i + 1);
            }
            int h = w.indexOf('h');
            boolean french = h > 0 && h <= 2 && digits(w.substring(0, h)) >= 0 && (h == w.length() - 1 || digits(w.substring(h + 1)) >= 0 && w.length() == h + 3);
            return french && digits(w.substring(0, h)) < 25 ? clock(digits(w.substring(0, h)) * 60 + Math.max(0, digits(w.substring(h + 1))), i, i + 1) : null;
        }
        int end = i + 1;
        int minutes = 0;
        boolean colon = end < words.size() && digitsEnd < text.length() && text.charAt(digitsEnd) == ':' && words.get(end).start() == digitsEnd + 1;
        if (colon) {
            minutes = norm(end).length() >= 2 ? digits(norm(end).substring(0, 2)) : -1;
            if (minutes < 0 || minutes > 59 || hour > 24) {
                return null;
            }
            boolean suffixed = norm(end).length() == 4 && (norm(end).endsWith("am") || norm(end).endsWith("pm"));
            end++;
            if (suffixed) {
                return clock(hour * 60 + minutes, i, end);
            }
        }
        String next = norm(end);
        boolean gap = end < words.size() && close(end - 1, end);
        boolean named = gap && (next.equals("am") || next.equals("pm") || next.equals("uhr") || next.equals("heures") || next.equals("ore") || next.equals("horas") || next.equals("uur")
                || next.equals("o") && text.startsWith("clock", Math.min(text.length(), words.get(end).start() + 2)));
        if (gap && (next.equals("a") || next.equals("p")) && norm(end + 1).equals("m")) {
            int stop = words.get(end + 1).end();
            Moment found = clock(hour * 60 + minutes, i, end + 2);
            return stop < text.length() && text.charAt(stop) == '.' && text.charAt(stop - 2) == '.' ? new Moment(0, 0, 0, 0, found.minutes, found.start, stop + 1) : found;
        }
        if (named && hour <= 24) {
            return clock(hour * 60 + minutes, i, end + 1);
        }
        boolean at = MomentWords.AT.contains(norm(i - 1)) && !norm(i - 1).equals("a") && !norm(i - 1).equals("as") && !norm(i - 1).equals("after") && !norm(i - 1).equals("by") && !norm(i - 1).equals("la");
        return colon || at && hour >= 1 && hour <= 12 && ends(end) ? clock(hour * 60 + minutes, i, end) : null;
    }

    /** A time, with “in the afternoon” behind it. */
    private Moment clock(int minutes, int first, int end) {
        int last = end;
        if (norm(end).equals("in") && norm(end + 1).equals("the") && MomentWords.PARTS.contains(norm(end + 2))) {
            last = end + 3;
        }
        return new Moment(0, 0, 0, 0, Math.floorMod(minutes, 720), words.get(first).start(), words.get(last - 1).end());
    }

    /** A number stands alone: a mark or a word that goes on follows. */
    private boolean ends(int end) {
        if (end >= words.size()) {
            return true;
        }
        String gap = text.substring(words.get(end - 1).end(), words.get(end).start());
        return !gap.isBlank() && gap.indexOf('-') < 0 && gap.indexOf('%') < 0 && !(gap.length() == 1 && !Character.isWhitespace(gap.charAt(0))) || GO_ON.contains(norm(end)) || MomentWords.weekday(norm(end)) > 0;
    }
}
