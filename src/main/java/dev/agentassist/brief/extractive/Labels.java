package dev.agentassist.brief.extractive;

import dev.agentassist.brief.extractive.ValueSpan.Type;
import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a value's name off the words around it, whatever noun it is: “the <em>batch</em> is B-1001”, “<em>pole</em> 41-118”, and
 * off the question that it answers: “what is the <em>registration</em>?”, “how many <em>bags</em> did you check?”.
 */
final class Labels {

    private static final int MOST_WORDS = 4;

    /** May stand between a name and its value. */
    private static final Set<String> LINKS = Set.of(
            "is", "are", "was", "it", "its", "s", "be", "ends", "end", "ending", "ended", "in", "with", "says", "say", "reads", "read", "shows",
            "starts", "uh", "um", "er", "like", "then", "so", "that", "this", "here", "equals", "colon", "comes", "one", "just", "well", "also",
            "now", "ist", "lautet", "heisst", "es", "est", "c", "numero", "nummer", "e", "das", "la", "el", "le", "der", "die", "den", "und",
            "alors", "entonces", "allora", "ecco", "numbered", "called", "marked");

    /** Say “number” and tell nothing by themselves. */
    private static final Set<String> COUNTERS = Set.of(
            "number", "no", "num", "nr", "code", "id", "numero", "nummer", "codigo", "codice");

    private static final Set<String> DETERMINERS = Set.of(
            "the", "my", "your", "our", "their", "his", "her", "its", "a", "an", "that", "this", "these", "those", "mein", "meine", "ihre", "ihr",
            "ihren", "die", "der", "das", "den", "el", "la", "los", "su", "mi", "le", "les", "votre", "mon", "ma", "il", "lo", "suo", "sua", "o",
            "seu", "minha", "meu", "de", "het", "uw", "mijn");

    /** Never a name, nor part of one. */
    private static final Set<String> NOT_NAMES = Set.of(
            "yes", "yeah", "yep", "no", "nope", "sorry", "ok", "okay", "sure", "right", "hang", "hold", "wait", "got", "give", "gave", "call",
            "called", "try", "tried", "use", "used", "have", "has", "had", "made", "make", "paid", "pay", "charged", "charge", "want", "need",
            "get", "take", "thing", "something", "anything", "problem", "issue", "matter", "moment", "question", "help", "line", "way", "think",
            "know", "see", "look", "looking", "find", "found", "about", "around", "almost", "nearly", "only", "over", "under", "than", "more",
            "less", "least", "most", "up", "down", "off", "out", "back", "again", "there", "thanks", "thank", "please", "correct", "exactly",
            "perfect", "good", "great", "first", "last", "next", "other", "another", "same", "second", "third", "half", "double", "triple", "and",
            "or", "but", "from", "to", "for", "of", "on", "at", "by", "per", "each", "every", "not", "mine", "yours", "one", "two", "three",
            "four", "five", "six", "seven", "eight", "nine", "zero", "oh", "ten", "digits", "digit", "letters", "ago", "later", "before", "after",
            "really", "actually", "dial", "press", "text", "email", "mail", "screen", "system", "app", "website", "site", "bitte", "ja", "nein", "si", "oui", "non", "sim", "nao", "hay", "then", "spell", "spelled", "says", "do", "did",
            "does", "can", "could", "will", "would", "should", "may", "might", "must", "note", "hear", "heard", "people", "years", "year",
            "months", "days", "day", "weeks", "hours", "minutes", "time", "times", "now", "still", "if", "because", "since", "when", "while",
            "until", "till", "plus", "senhora", "senhor", "senora", "usted", "tem", "tiene", "avez", "hat", "i", "you", "we", "they", "he", "she", "me", "us", "him", "them", "mate", "love", "sir", "madam", "ma'am");

    /** What such a number opens is nobody else’s business. */
    private static final Set<String> SECRET = Set.of("text", "sms", "password", "passcode", "pin", "otp", "cvv", "cvc", "security", "verification", "card", "login", "secret", "recovery", "ssn", "insurance");

    /** No question with these asks for a number’s name. */
    private static final Set<String> OTHER_QUESTIONS = Set.of("where", "when", "why", "who", "how", "wo", "wann", "warum", "wer", "donde", "cuando", "quien", "ou", "quand", "qui", "dove", "quando", "chi", "onde", "quem");

    private static final Set<String> PHONES = Set.of("phone", "telephone", "mobile", "cell", "line", "number", "fax", "landline", "callback", "handy", "telefon", "telefono", "telefone", "telefoon", "contact");

    private static final Set<String> PREPOSITIONS = Set.of("at", "on", "in", "from", "of", "for", "by", "with", "under", "auf", "an", "aus", "von", "en", "de", "sur", "dans", "su", "sul", "op", "van");

    /** Nouns of a question that no number answers. */
    private static final Set<String> MOMENTS = Set.of("date", "day", "time", "birthday", "month", "year", "name", "names", "datum", "fecha", "data", "ora", "hora", "heure", "nombre", "nome", "nom");

    /** Behind these a question’s noun has ended. */
    private static final Set<String> STOPS = Set.of(
            "is", "are", "was", "were", "do", "did", "does", "have", "has", "had", "can", "could", "will", "would", "should", "may", "you", "i",
            "we", "they", "it", "and", "or", "with", "for", "on", "in", "at", "to", "of", "from", "by", "so", "if", "that", "which", "please",
            "as", "there", "here", "then", "when", "where", "be", "been", "first", "again", "now", "today", "sein", "und", "fur", "auf", "bitte",
            "zu", "von", "y", "de", "del", "para", "por", "et", "pour", "e", "per", "di", "en", "van", "voor");

    private static final Set<String> ASKS = Set.of(
            "what", "which", "could", "can", "may", "have", "do", "give", "tell", "need", "read", "confirm", "verify", "welche", "wie", "was",
            "nennen", "lautet", "darf", "cual", "puede", "me", "quel", "quelle", "pouvez", "donner", "qual", "puo", "dice", "pode", "wat", "mag",
            "kunt");

    private Labels() {}

    /** The noun right before a value in its sentence, or null. */
    static String before(Said said, ValueSpan span) {
        List<Words.Word> words = said.words();
        String text = said.turn().text();
        int at = words.size() - 1;
        while (at >= 0 && words.get(at).end() > span.start()) {
            at--;
        }
        boolean linked = false;
        String counter = "";
        int steps = 0;
        while (at >= 0 && steps < 6 && !breaks(text, words, at, span.start())) {
            String w = words.get(at).norm();
            if (COUNTERS.contains(w) && counter.isEmpty()) {
                counter = shown(text, words.get(at));
            } else if (LINKS.contains(w)) {
                linked |= w.equals("is") || w.equals("ends") || w.equals("ending") || w.equals("s") || w.equals("says") || w.equals("est") || w.equals("ist") || w.equals("es") || w.equals("lautet") || w.equals("e") || w.equals("was");
            } else {
                break;
            }
            at--;
            steps++;
        }
        if (!counter.isEmpty() && at >= 0 && breaks(text, words, at, span.start()) && text.charAt(words.get(at).end()) == ',' && nounish(text, words.get(at))) {
            // “a slip, number 26”
            return capital(shown(text, words.get(at)) + " " + counter);
        }
        var label = new ArrayList<String>();
        boolean determined = false;
        while (at >= 0 && label.size() < MOST_WORDS && !(label.isEmpty() ? breaks(text, words, at, span.start()) : breaks(text, words, at, words.get(at + 1).start()))) {
            Words.Word word = words.get(at);
            if (DETERMINERS.contains(word.norm())) {
                determined = true;
                break;
            }
            if (!nounish(text, word)) {
                break;
            }
            linked |= label.isEmpty() && text.substring(word.start(), word.end()).matches(".*['’]s");
            label.addFirst(shown(text, word));
            at--;
        }
        // “text 988”, “Lindenhof 12”: without an article or “is” only a longer number has a bare noun before it.
        boolean bare = label.size() == 1 && span.type() == Type.CODE && Keys.comparable(span.value()).length() >= 4 && label.getFirst().equals(label.getFirst().toLowerCase(java.util.Locale.ROOT));
        boolean secret = false;
        for (String word : label) {
            secret |= SECRET.contains(Words.fold(word));
        }
        if (label.isEmpty() || secret || !(determined || linked || !counter.isEmpty() || bare)) {
            return null;
        }
        if (!counter.isEmpty() && !label.getLast().equalsIgnoreCase(counter)) {
            label.add(counter);
        }
        return capital(String.join(" ", label));
    }

    /** Whether a noun is one for a telephone’s number. */
    static boolean ofPhone(String noun) {
        for (String word : Words.norms(noun)) {
            if (PHONES.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** What an agent’s turn asks for by a noun, the last first; for a count only what it asks the number of. */
    static List<String> asked(List<Said> turn, Type type) {
        var asked = new ArrayList<String>();
        for (Said said : turn) {
            if (said.caller() || said.has(Cue.COURTESY) && !said.question()) {
                continue;
            }
            boolean asks = said.question();
            boolean other = false;
            for (Words.Word word : said.words()) {
                asks |= ASKS.contains(word.norm()) && said.has(Cue.REQUEST) || word.norm().equals("want") || word.norm().equals("need") || word.norm().equals("needs");
                other |= OTHER_QUESTIONS.contains(word.norm());
            }
            asks &= !other || type == Type.COUNT || type == Type.NUMBER;
            if (asks) {
                if (type == Type.COUNT || type == Type.NUMBER) {
                    counted(said, asked);
                } else {
                    nouns(said, asked);
                }
            }
        }
        return asked;
    }

    /** “What is the number on it?” */
    static boolean asksNumber(Said said) {
        boolean number = false;
        boolean it = false;
        for (Words.Word word : said.words()) {
            number |= COUNTERS.contains(word.norm());
            it |= word.norm().equals("it") || word.norm().equals("its");
        }
        return said.question() && number && it;
    }

    private static void counted(Said said, List<String> asked) {
        List<Words.Word> words = said.words();
        String text = said.turn().text();
        for (int i = 0; i + 2 < words.size(); i++) {
            boolean many = words.get(i).norm().equals("how") && words.get(i + 1).norm().equals("many");
            boolean one = words.get(i).norm().equals("wieviele") || words.get(i).norm().equals("cuantos") || words.get(i).norm().equals("cuantas") || words.get(i).norm().equals("quantos") || words.get(i).norm().equals("quantas")
                    || words.get(i).norm().equals("quante") || words.get(i).norm().equals("quanti") || words.get(i).norm().equals("hoeveel");
            boolean german = words.get(i).norm().equals("wie") && words.get(i + 1).norm().equals("viele");
            if (many || one || german) {
                String noun = phrase(text, words, one ? i + 1 : i + 2);
                if (noun != null) {
                    asked.addFirst("Number of " + noun);
                }
            }
        }
    }

    /** “What's the file number at the top?”: the top is where it stands. */
    private static void nouns(Said said, List<String> asked) {
        var places = new ArrayList<String>();
        List<Words.Word> words = said.words();
        String text = said.turn().text();
        for (int i = 0; i + 1 < words.size(); i++) {
            String w = words.get(i).norm();
            boolean which = w.equals("what") || w.equals("which") || w.equals("welche") || w.equals("quel") || w.equals("quelle") || w.equals("que") || w.equals("qual") || w.equals("quale");
            if (DETERMINERS.contains(w) || which) {
                String noun = phrase(text, words, i + 1);
                boolean moment = noun != null && MOMENTS.contains(Words.fold(noun.substring(noun.lastIndexOf(' ') + 1)));
                if (noun != null && !moment) {
                    boolean place = !which && i > 0 && PREPOSITIONS.contains(words.get(i - 1).norm());
                    (place ? places : asked).addFirst(capital(noun));
                }
            }
        }
        asked.addAll(places);
    }

    /** The nouns from a word on, or null. */
    private static String phrase(String text, List<Words.Word> words, int from) {
        var phrase = new ArrayList<String>();
        for (int i = from; i < words.size() && phrase.size() < MOST_WORDS; i++) {
            boolean ends = i > from && !text.substring(words.get(i - 1).end(), Math.max(words.get(i - 1).end(), words.get(i).start())).isBlank()
                    && words.get(i).start() > words.get(i - 1).end();
            String w = words.get(i).norm();
            if (ends || STOPS.contains(w) || DETERMINERS.contains(w) || !COUNTERS.contains(w) && !nounish(text, words.get(i))) {
                break;
            }
            phrase.add(shown(text, words.get(i)));
        }
        if (phrase.isEmpty() || phrase.size() == 1 && (phrase.getFirst().length() < 3 || COUNTERS.contains(Words.fold(phrase.getFirst())))) {
            return null;
        }
        return String.join(" ", phrase);
    }

    private static boolean nounish(String text, Words.Word word) {
        String norm = word.norm();
        String raw = text.substring(word.start(), word.end());
        // “Washington 98335”, not “PON 4471”.
        boolean proper = Character.isUpperCase(raw.charAt(0)) && word.start() > 0 && text.charAt(word.start() - 1) == ' ' && word.start() > 1 && ".?!".indexOf(text.charAt(word.start() - 2)) < 0 && raw.length() > 1 && !raw.equals(raw.toUpperCase(java.util.Locale.ROOT));
        boolean german = proper && text.indexOf("ß") >= 0;
        return !(proper && !german) && norm.length() >= 3 && Character.isLetter(norm.charAt(0)) && !NOT_NAMES.contains(norm) && !LINKS.contains(norm) && !DETERMINERS.contains(norm)
                && Numerals.value(norm) < 0 && MomentWords.ordinal(norm) == 0 && !(norm.length() > 4 && norm.endsWith("ed")) && !(word.start() > 0 && text.charAt(word.start() - 1) == '[') && MomentWords.month(norm) == 0 && MomentWords.weekday(norm) == 0 && !norm.endsWith("ly");
    }

    /** A mark that ends a phrase stands between a word and what follows. */
    private static boolean breaks(String text, List<Words.Word> words, int at, int before) {
        int next = at + 1 < words.size() ? Math.min(words.get(at + 1).start(), before) : before;
        for (int i = words.get(at).end(); i < next; i++) {
            if (".;!?,–—".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String shown(String text, Words.Word word) {
        String shown = text.substring(word.start(), word.end());
        int quote = Math.max(shown.indexOf('\''), shown.indexOf('’'));
        String own = quote > 0 && shown.length() - quote <= 2 ? shown.substring(0, quote) : shown;
        return own.length() > 1 && own.equals(own.toUpperCase(java.util.Locale.ROOT)) ? own : own.toLowerCase(java.util.Locale.ROOT);
    }

    private static String capital(String label) {
        return Character.toUpperCase(label.charAt(0)) + label.substring(1);
    }
}
