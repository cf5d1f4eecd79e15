package dev.agentassist.brief.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what the caller is called: by “my name is …”, by the answer to a question for it, by the agent’s address. */
final class NameFinder {

    private static final int LONGEST = 4;

    /** Words behind which a name follows, as rows of normal forms. */
    private static final List<String[]> INTRODUCTIONS = rows(
            "my name is", "my full name is", "the name is", "name is", "my first name is", "me llamo", "mi nombre es",
            "soy", "mein name ist", "ich heisse", "ich bin", "name ist", "je m", "mon nom est", "me chamo", "meu nome e", "mi chiamo", "il mio nome e", "mijn naam is", "ik heet",
            "under the name of", "under the name", "it is under", "reservation is under", "a nombre de", "auf den namen");

    /** The name is asked for of somebody else. */
    private static final Set<String> OTHERS = Set.of(
            "patient", "patients", "his", "her", "their", "pet", "dog", "cat", "child", "childs", "mother", "mothers", "father", "fathers", "doctor",
            "doctors", "perra", "perro", "gata", "gato", "hijo", "hija", "madre", "padre", "hund", "katze", "tochter", "sohn", "mutter", "vater", "company", "business", "street", "holder", "holders", "passenger", "driver", "drivers", "user", "file", "product", "medication");

    private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "senor", "senora", "herr", "frau", "monsieur", "madame");

    /** What tools call the caller. */
    private static final Set<String> TOOL_FIELDS = Set.of(
            "customer", "customer_name", "caller", "caller_name", "passenger", "passenger_name", "guest", "guest_name", "holder", "policy_holder",
            "policyholder", "account_holder", "name", "full_name", "client", "client_name", "member", "member_name", "tenant", "resident", "contact_name", "owner");

    /** These introduce a name only before capitals, because much else follows them. */
    private static final List<String[]> LOOSE = rows("this is", "i am", "it is", "hier ist", "hier spricht", "habla", "sono", "je suis", "aqui e", "ik ben", "sou", "met");

    private static final Set<String> NOT_NAMES = Set.of(
            "a", "an", "the", "and", "but", "not", "just", "calling", "going", "trying", "looking", "having", "here",
            "with", "from", "at", "in", "on", "i", "it", "is", "so", "very", "really", "sorry", "afraid", "sure", "fine",
            "good", "yes", "no", "ok", "okay", "my", "your", "about", "for", "to", "of", "what", "why", "how", "that",
            "this", "he", "she", "they", "we", "you", "un", "una", "el", "la", "der", "die", "das", "ein", "eine", "nicht",
            "y", "und", "de", "con", "mit", "von", "speaking", "ridiculous", "unacceptable", "spelled", "please", "thank",
            "thanks", "hello", "hi", "um", "uh", "well", "actually", "still", "also", "now", "calle", "cliente", "se", "su", "me", "guten", "tag", "morgen", "hallo", "hola", "buenos", "buenas", "bonjour", "da", "do", "dos", "aqui", "quem", "minha", "meu", "sogra", "moi", "monday", "tuesday",
            "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september",
            "october", "november", "december", "order", "flight", "room", "unit", "account", "morning", "afternoon", "evening");

    private static final Set<String> ADDRESSES = Set.of("you", "thanks", "hi", "hello", "mr", "mrs", "ms", "miss", "dr", "welcome", "gracias", "senor", "senora", "danke", "herr", "frau", "sorry", "okay", "alright", "great", "perfect", "morning");

    private final Reading reading;

    NameFinder(Reading reading) {
        this.reading = reading;
    }

    /** The caller's name with where it was said, or null. */
    Claim find() {
        Claim name = null;
        for (Said said : reading.sentences()) {
            Claim found = said.caller() ? introduced(said) : null;
            if (found == null && said.caller()) {
                found = answered(said);
            }
            if (found == null && !said.caller()) {
                found = confirmed(said);
            }
            // Who said it last is on the line now; but a second, shorter mention of the same name is no news.
            if (found != null && (name == null || said.has(Cue.CORRECTION) || !covers(name, found) && covers(found, name))) {
                name = found;
            }
        }
        return completed(name);
    }

    /** The name that a tool has: it completes what was said, and stands in when nothing was. */
    private Claim completed(Claim said) {
        var known = new ArrayList<Known>();
        for (ToolUse use : reading.tools()) {
            if (use.outcome() == ToolUse.Outcome.OK && use.result() != null) {
                inTool(use.result(), "", 0, known);
            }
        }
        if (said != null) {
            for (Known candidate : known) {
                boolean longer = Keys.comparable(candidate.name()).length() > Keys.comparable(said.text()).length();
                if (longer && List.of(Words.norms(candidate.name())).containsAll(List.of(Words.norms(said.text())))) {
                    var quotes = new ArrayList<>(said.quotes());
                    quotes.add(new Claim.Quote(Claim.Quote.TOOL, candidate.name()));
                    return new Claim(candidate.name(), said.turns(), quotes);
                }
            }
            return said;
        }
        for (Known candidate : known) {
            if (addressed(candidate.name())) {
                return new Claim(candidate.name(), List.of(), List.of(new Claim.Quote(Claim.Quote.TOOL, candidate.name())));
            }
        }
        for (Known candidate : known) {
            if (candidate.callers() && !denied(candidate.name())) {
                return new Claim(candidate.name(), List.of(), List.of(new Claim.Quote(Claim.Quote.TOOL, candidate.name())));
            }
        }
        return null;
    }

    /** A person whom a tool names; {@code callers} if its field is one for the caller. */
    private record Known(String name, boolean callers) {}

    /** “Am I speaking with Tom Askew?” – “No, Tom’s the boss.” */
    private boolean denied(String name) {
        Set<String> parts = Set.copyOf(new HashSet<>(List.of(Words.norms(name))));
        for (Said said : reading.sentences()) {
            boolean asks = !said.caller() && said.question() && said.words().stream().anyMatch(w -> parts.contains(w.norm()));
            int next = said.turnNumber() + 1;
            if (asks && next <= reading.call().lastTurn() && !reading.of(next).isEmpty() && reading.of(next).getFirst().caller()) {
                String first = reading.of(next).getFirst().words().isEmpty() ? "" : reading.of(next).getFirst().words().getFirst().norm();
                if (first.equals("no") || first.equals("nein") || first.equals("non") || first.equals("nope") || reading.of(next).getFirst().words().stream().anyMatch(w -> OTHERS.contains(w.norm()) || w.norm().equals("husband") || w.norm().equals("wife"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** “Thank you, Luis”, “Thank you, Ms Quigley”. */
    private boolean addressed(String name) {
        Set<String> parts = new HashSet<>(List.of(Words.norms(name)));
        parts.removeAll(TITLES);
        for (Said said : reading.sentences()) {
            for (int i = 1; i < said.words().size() && !said.caller(); i++) {
                Words.Word word = said.words().get(i);
                String before = said.words().get(i - 1).norm();
                // “I am calling Ms Olszewski” speaks of her.
                boolean spokenOf = TITLES.contains(before) && i > 1 && !ADDRESSES.contains(said.words().get(i - 2).norm()) && said.turn().text().substring(said.words().get(i - 2).end(), said.words().get(i - 1).start()).isBlank();
                boolean called = parts.contains(word.norm()) && ADDRESSES.contains(before) && !spokenOf && Character.isUpperCase(said.turn().text().charAt(word.start()));
                if (called && !denied(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void inTool(JsonNode node, String field, int depth, List<Known> known) {
        if (depth > 3) {
            return;
        }
        if (node.isArray()) {
            node.forEach(n -> inTool(n, field, depth + 1, known));
        } else if (node.isObject()) {
            for (var entry : node.properties()) {
                inTool(entry.getValue(), entry.getKey().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT), depth + 1, known);
            }
        } else if (node.isTextual() && !field.isEmpty()) {
            String value = node.asText().strip();
            int title = value.indexOf(' ');
            if (title > 0 && Set.of("mr", "mrs", "ms", "miss", "herr", "frau").contains(Words.fold(value.substring(0, title)).replace(".", ""))) {
                value = value.substring(title + 1);
            }
            if (value.matches("\\p{Lu}[\\p{L}'’.-]*(?: \\p{L}[\\p{L}'’.-]*){0,2} \\p{Lu}[\\p{L}'’.-]*")) {
                known.add(new Known(value, TOOL_FIELDS.contains(field)));
            }
        }
    }

    private static boolean covers(Claim longer, Claim shorter) {
        return Keys.comparable(longer.text()).contains(Keys.comparable(shorter.text()));
    }

    private Claim introduced(Said said) {
        String[] norms = norms(said);
        for (String[] row : INTRODUCTIONS) {
            int at = find(norms, row);
            if (at >= 0) {
                Claim name = name(said, at, row[0].equals("soy") || row.length == 2 && row[1].equals("bin"));
                if (name != null) {
                    return name;
                }
            }
        }
        for (String[] row : LOOSE) {
            int at = find(norms, row);
            if (at >= 0) {
                Claim name = name(said, at, true);
                if (name == null && (row[0].equals("this") || row[0].equals("i"))) {
                    Claim loose = twoWords(said, at);
                    name = loose != null && answeredBy(loose.text().substring(loose.text().lastIndexOf(' ') + 1), said.turnNumber()) ? loose : null;
                }
                boolean first = said.turnNumber() <= 4 && said.place() <= 1;
                boolean two = name != null && name.text().contains(" ");
                boolean loose = row[0].equals("it") && !first;
                if (name != null && !loose && (two || first && !row[0].equals("it") || answeredBy(name.text(), said.turnNumber()))) {
                    return name;
                }
            }
        }
        int speaking = find(norms, new String[] {"speaking"});
        return speaking >= 2 && speaking == norms.length ? name(said, 0, true) : null;
    }

    /** “this is carol dunn i'm next door”: two words, as a recogniser without capitals writes them. */
    private static Claim twoWords(Said said, int at) {
        if (at + 1 >= said.words().size()) {
            return null;
        }
        Words.Word first = said.words().get(at);
        Words.Word last = said.words().get(at + 1);
        if (NOT_NAMES.contains(first.norm()) || NOT_NAMES.contains(last.norm()) || first.norm().length() < 2 || last.norm().length() < 2) {
            return null;
        }
        String text = said.turn().text();
        String a = text.substring(first.start(), first.end());
        String b = text.substring(last.start(), last.end());
        String shown = Character.toUpperCase(a.charAt(0)) + a.substring(1) + " " + Character.toUpperCase(b.charAt(0)) + b.substring(1);
        return Claim.quoting(shown, said.turnNumber(), text.substring(first.start(), last.end()));
    }

    /** The agent takes a name up in the next turn: “Thank you, Ines.” */
    private boolean answeredBy(String name, int turn) {
        if (turn >= reading.call().lastTurn()) {
            return false;
        }
        String norm = Words.fold(name);
        for (Said said : reading.of(turn + 1)) {
            for (int i = 1; i < said.words().size() && !said.caller(); i++) {
                if (said.words().get(i).norm().equals(norm) && ADDRESSES.contains(said.words().get(i - 1).norm())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The answer to “may I have your name?”. */
    private Claim answered(Said said) {
        if (said.turnNumber() < 2 || said.place() > 1) {
            return null;
        }
        List<Said> asked = reading.of(said.turnNumber() - 1);
        boolean question = !asked.isEmpty()
                && !asked.getFirst().caller()
                && asked.stream().anyMatch(s -> s.has(Cue.NAME) && (s.question() || s.has(Cue.REQUEST) || s.words().size() <= 8) && !introducesItself(s))
                && asked.stream().noneMatch(s -> s.has(Cue.NAME) && s.words().stream().anyMatch(w -> OTHERS.contains(w.norm())));
        if (!question || said.words().size() > 12) {
            return null;
        }
        String[] norms = norms(said);
        int from = 0;
        while (from < norms.length && Set.of("oui", "c", "est", "sim", "e", "het", "yes", "sure", "yeah", "it", "is", "under", "the", "last", "first", "name", "my", "that", "um", "uh", "ok", "okay", "of", "course", "si", "ja", "claro").contains(norms[from])) {
            from++;
        }
        return name(said, from, false);
    }

    /** “My name is Jonas, what can I do for you?” */
    private static boolean introducesItself(Said said) {
        return said.words().stream().anyMatch(w -> Set.of("my", "mein", "mi", "llamo", "heisse", "mon").contains(w.norm()));
    }

    /** “Am I speaking with Maria Lopez?” – “Yes.” */
    private Claim confirmed(Said said) {
        String[] norms = norms(said);
        int at = -1;
        for (String[] row : rows("speaking with", "speaking to", "is this", "are you", "talking to", "calling for", "hablo con", "spreche ich mit", "nom de", "nome di", "nome de", "nombre de", "namen", "naam van")) {
            at = Math.max(at, find(norms, row));
        }
        if (at < 0 || reading.of(said.turnNumber()).stream().noneMatch(Said::question) || said.turnNumber() >= reading.call().lastTurn()) {
            return null;
        }
        List<Said> answer = reading.of(said.turnNumber() + 1);
        if (answer.isEmpty() || !answer.getFirst().caller() || !answer.getFirst().has(Cue.YES) || answer.getFirst().has(Cue.NO)) {
            return null;
        }
        Claim name = name(said, at, true);
        return name == null ? null : new Claim(name.text(), List.of(said.turnNumber()), name.quotes());
    }

    /** The name that begins at a word, or null. */
    private static Claim name(Said said, int from, boolean capitals) {
        List<Words.Word> words = said.words();
        String text = said.turn().text();
        boolean anyCapital = false;
        for (int i = from; i < words.size(); i++) {
            anyCapital |= Character.isUpperCase(text.charAt(words.get(i).start()));
        }
        var parts = new ArrayList<String>();
        int end = from;
        int begin = from;
        while (begin + 1 < words.size() && TITLES.contains(words.get(begin).norm())) {
            begin++;
        }
        for (int i = begin; i < words.size() && parts.size() < LONGEST; i++) {
            Words.Word word = words.get(i);
            boolean capital = Character.isUpperCase(text.charAt(word.start()));
            if (!parts.isEmpty() && word.norm().length() == 1 && text.startsWith(".", words.get(i - 1).end())) {
                // “Osei. O S E I.”: the name is spelled.
                break;
            }
            boolean fits = Character.isLetter(text.charAt(word.start()))
                    && !NOT_NAMES.contains(word.norm())
                    && (capital || !capitals && !anyCapital)
                    && (parts.isEmpty() || adjacent(text, words.get(i - 1), word)) && !TITLES.contains(word.norm());
            if (!fits) {
                break;
            }
            parts.add(text.substring(word.start(), word.end()));
            end = i + 1;
        }
        if (parts.isEmpty() || parts.size() == LONGEST && !anyCapital || parts.getFirst().length() < 2) {
            return null;
        }
        if (parts.size() == 3 && Words.fold(parts.getFirst()).equals(Words.fold(parts.getLast()))) {
            // “kavanagh dermot kavanagh”
            parts.removeFirst();
            begin++;
        }
        var shown = new StringBuilder();
        for (String part : parts) {
            String own = part.replaceAll("['’]s$", "");
            shown.append(shown.isEmpty() ? "" : " ").append(Character.toUpperCase(own.charAt(0))).append(own.substring(1));
        }
        String quote = text.substring(words.get(begin).start(), words.get(end - 1).end());
        return Claim.quoting(shown.toString(), said.turnNumber(), quote);
    }

    private static boolean adjacent(String text, Words.Word before, Words.Word after) {
        for (int i = before.end(); i < after.start(); i++) {
            char c = text.charAt(i);
            // “Kavanagh. Dermot Kavanagh”
            boolean full = c == '.' && before.end() - before.start() > 3;
            if (c != ' ' && c != '-' && c != '.' || full) {
                return false;
            }
        }
        return true;
    }

    private static String[] norms(Said said) {
        return said.words().stream().map(Words.Word::norm).toArray(String[]::new);
    }

    /** The index behind a row of words, or -1. */
    private static int find(String[] norms, String[] row) {
        for (int i = 0; i + row.length <= norms.length; i++) {
            int at = 0;
            while (at < row.length && norms[i + at].equals(row[at])) {
                at++;
            }
            if (at == row.length) {
                return i + row.length;
            }
        }
        return -1;
    }

    private static List<String[]> rows(String... phrases) {
        var rows = new ArrayList<String[]>();
        for (String phrase : phrases) {
            rows.add(phrase.split(" "));
        }
        return rows;
    }
}
