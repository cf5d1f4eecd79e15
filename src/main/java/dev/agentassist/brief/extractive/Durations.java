package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds how soon something is to be: “within two working days”, “innerhalb von 14 Tagen”. */
final class Durations {

    private static final Set<String> WITHIN = Set.of("within", "innerhalb", "binnen", "entro", "dentro", "sous", "under", "inom");

    private static final Set<String> BETWEEN = Set.of("von", "de", "the", "next", "about", "los", "las", "i", "gli");

    private static final Set<String> KINDS = Set.of("business", "working", "calendar", "full", "werktagen", "werktage", "uteis", "habiles", "lavorativi", "ouvres");

    private static final Set<String> UNITS = Set.of(
            "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "minuten", "stunden", "stunde", "tage", "tagen", "werktagen", "woche", "wochen", "monaten", "heures", "heure", "jours", "semaines",
            "horas", "hora", "dias", "dia", "semanas", "semana", "minutos", "ore", "giorni", "settimane", "settimana", "minuti", "uur", "dagen", "weken");

    private Durations() {}

    static List<ValueSpan> in(String text, List<Words.Word> words) {
        var found = new ArrayList<ValueSpan>();
        for (int i = 0; i + 2 < words.size(); i++) {
            if (!WITHIN.contains(words.get(i).norm())) {
                continue;
            }
            int first = i + 1;
            while (first + 1 < words.size() && first <= i + 2 && BETWEEN.contains(words.get(first).norm())) {
                first++;
            }
            int end = count(text, words, first);
            if (end > first && end < words.size()) {
                int unit = KINDS.contains(words.get(end).norm()) && !UNITS.contains(words.get(end).norm()) ? end + 1 : end;
                if (unit < words.size() && UNITS.contains(words.get(unit).norm())) {
                    int last = unit + 1 < words.size() && KINDS.contains(words.get(unit + 1).norm()) ? unit + 1 : unit;
                    int from = words.get(first).start();
                    int to = words.get(last).end();
                    found.add(new ValueSpan(ValueSpan.Type.DURATION, text.substring(from, to), from, to, false));
                }
            }
        }
        return found;
    }

    /** Behind a number, or where it begins if there is none. */
    private static int count(String text, List<Words.Word> words, int first) {
        String norm = words.get(first).norm();
        if (Character.isDigit(norm.charAt(0))) {
            return norm.length() <= 3 ? first + 1 : first;
        }
        Numerals.Found number = Numerals.at(text, words, first);
        return number != null ? number.end() : norm.equals("an") || norm.equals("a") || norm.equals("one") ? first + 1 : first;
    }
}
