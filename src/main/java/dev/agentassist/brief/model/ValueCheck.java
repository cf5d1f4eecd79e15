package dev.agentassist.brief.model;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.extractive.CallSentences;
import dev.agentassist.brief.extractive.CallSentences.Sentence;
import dev.agentassist.brief.extractive.CallSentences.Trait;
import dev.agentassist.brief.text.Normal;
import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a value that a model names stands in the call under that name. The name's words must stand right before the
 * value, or in the question that it answers; between the two there may be no other value, no denial and no other owner.
 * Where the words' own reading has the value or the name, that reading stands.
 */
final class ValueCheck {

    /** Words of names that tell nothing by themselves. */
    private static final Set<String> GENERIC = Set.of(
            "the", "a", "an", "of", "for", "to", "my", "your", "their", "number", "id", "code", "no", "nr", "num", "value",
            "caller", "customer", "current", "name", "de", "del", "la", "el", "numero", "nummer", "der", "die", "das");

    private static final Set<String> DENIALS = Set.of(
            "not", "no", "never", "neither", "nor", "without", "wrong", "nicht", "kein", "keine", "nie", "falsch", "nunca",
            "jamas", "sin", "instead", "if", "would", "maybe", "perhaps", "think", "guess", "pas", "jamais");

    private static final Set<String> OTHERS = Set.of(
            "his", "her", "hers", "their", "wife", "husband", "mother", "father", "son", "daughter", "friend", "brother",
            "sister", "colleague", "boss", "neighbor", "neighbour", "partner", "roommate", "old", "previous", "former");

    /** Words that may stand between a name and its value. */
    private static final int NEAR = 6;

    /** An answer of so many words is no more than the answer. */
    private static final int SHORT_ANSWER = 10;

    private final CallMaterial call;
    private final CallSentences said;
    private final Draft own;

    /** @param own what the words themselves show */
    ValueCheck(CallMaterial call, CallSentences said, Draft own) {
        this.call = call;
        this.said = said;
        this.own = own;
    }

    /** Why the value does not stand, as a sentence's end; null when it does. */
    String fault(Suggestions.Item item, Passage passage) {
        String key = plain(item.key());
        for (Draft.Value known : own.values()) {
            boolean sameKey = plain(known.key()).equals(key);
            boolean sameValue = Normal.of(known.claim().text()).contains(Normal.of(item.value()))
                    || Normal.of(item.value()).contains(Normal.of(known.claim().text()));
            if (sameKey != sameValue) {
                return sameKey ? "the call gives another value under that name" : "the call gives that value under another name";
            }
            if (sameKey) {
                return "it is collected already";
            }
        }
        if (plain(item.key()).equals("name")) {
            return "names are taken from the words themselves";
        }
        Sentence holder = holder(item, passage);
        if (holder == null) {
            return "its value does not stand in its quote";
        }
        if (!shaped(item.key(), item.value())) {
            return "its value is not of the kind that its name says";
        }
        if (!holder.caller() && holder.has(Trait.QUESTION)) {
            return "turn " + item.turn() + " only asks for it";
        }
        if (takenBack(item, holder)) {
            return "the call takes it back later";
        }
        return named(item, holder) ? null : "turn " + item.turn() + " does not give it that name";
    }

    /** As it stands in the call where that is possible. */
    String written(Suggestions.Item item, Passage passage) {
        Sentence holder = holder(item, passage);
        int at = holder == null ? -1 : holder.text().toLowerCase(Locale.ROOT).indexOf(item.value().toLowerCase(Locale.ROOT));
        return at < 0 ? item.value() : holder.text().substring(at, at + item.value().length());
    }

    private static Sentence holder(Suggestions.Item item, Passage passage) {
        Normal value = Normal.of(item.value());
        return passage.sentences().stream().filter(s -> whole(s.text(), item.value(), value)).findFirst().orElse(null);
    }

    /** A number counts only as a whole: 44 is not in 4471. */
    private static boolean whole(String sentence, String text, Normal value) {
        if (!Normal.of(sentence).contains(value)) {
            return false;
        }
        String[] norms = Words.norms(text);
        return span(Words.of(sentence), norms) != null || run(sentence, text) != null;
    }

    /** The words of the value among those of the sentence: from, and to, exclusive. */
    private static int[] span(List<Words.Word> words, String[] norms) {
        for (int i = 0; norms.length > 0 && i + norms.length <= words.size(); i++) {
            int j = 0;
            while (j < norms.length && words.get(i + j).norm().equals(norms[j])) {
                j++;
            }
            if (j == norms.length) {
                return new int[] {i, i + norms.length};
            }
        }
        return null;
    }

    /** A dictated run that is the value. */
    private static SpokenDigits.Run run(String sentence, String value) {
        String compact = Words.fold(value).replaceAll("[^\\p{L}\\p{N}]", "");
        return SpokenDigits.in(sentence, 2).stream()
                .filter(r -> Words.fold(r.written()).equals(compact))
                .findFirst()
                .orElse(null);
    }

    private static boolean shaped(String key, String value) {
        String name = Words.fold(key);
        long digits = value.chars().filter(Character::isDigit).count();
        if (name.contains("phone") || name.contains("callback number") || name.contains("mobile")) {
            return digits >= 6;
        }
        if (name.contains("mail")) {
            return value.contains("@") || Words.fold(value).contains(" at ");
        }
        boolean amount = name.contains("amount") || name.contains("price") || name.contains("refund") || name.contains("total") || name.contains("balance");
        return digits > 0 || !amount && !name.contains("number");
    }

    private boolean takenBack(Suggestions.Item item, Sentence holder) {
        String[] norms = Words.norms(item.value());
        for (int turn = holder.turn(); turn <= call.lastTurn(); turn++) {
            for (Sentence later : said.of(turn)) {
                if (later.turn() == holder.turn() && later.start() < holder.start()) {
                    continue;
                }
                List<Words.Word> words = Words.of(later.text());
                int[] at = span(words, norms);
                if (at != null && at[0] > 0 && DENIALS.contains(words.get(at[0] - 1).norm())) {
                    return true;
                }
                boolean corrects = later.has(Trait.CORRECTION) && later.caller() == holder.caller() && later != holder && at == null;
                if (corrects && sameShape(item.value(), later.text())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Another value of the same form, or, for words, a correction right behind. */
    private static boolean sameShape(String value, String text) {
        boolean digits = value.chars().anyMatch(Character::isDigit);
        boolean has = !SpokenDigits.in(text, 2).isEmpty() || text.chars().anyMatch(Character::isDigit);
        return digits == has;
    }

    private boolean named(Suggestions.Item item, Sentence holder) {
        List<String> key = keyWords(item.key());
        if (key.isEmpty()) {
            return false;
        }
        List<Words.Word> words = Words.of(holder.text());
        int[] at = span(words, Words.norms(item.value()));
        if (at == null) {
            SpokenDigits.Run run = run(holder.text(), item.value());
            at = run == null ? null : wordsOf(words, run);
        }
        if (at == null) {
            return false;
        }
        List<String> before = before(holder.text(), words, at[0]);
        if (fits(before, key, NEAR)) {
            return true;
        }
        return answers(item, holder, key);
    }

    private static int[] wordsOf(List<Words.Word> words, SpokenDigits.Run run) {
        int from = 0;
        while (from < words.size() && words.get(from).start() < run.start()) {
            from++;
        }
        int to = from;
        while (to < words.size() && words.get(to).end() <= run.end()) {
            to++;
        }
        return to > from ? new int[] {from, to} : null;
    }

    /** The words before the value, back to the value before. */
    private static List<String> before(String text, List<Words.Word> words, int at) {
        int from = 0;
        for (SpokenDigits.Run run : SpokenDigits.in(text, words, 2)) {
            for (int i = 0; i < at; i++) {
                if (words.get(i).start() >= run.start() && words.get(i).end() <= run.end() && run.hasDigit()) {
                    from = i + 1;
                }
            }
        }
        for (int i = from; i < at; i++) {
            if (words.get(i).norm().chars().anyMatch(Character::isDigit)) {
                from = i + 1;
            }
        }
        return words.subList(from, at).stream().map(Words.Word::norm).toList();
    }

    /** All words of the name, near the end, without a denial or another owner behind or before them. */
    private static boolean fits(List<String> before, List<String> key, int near) {
        int first = before.size();
        int last = -1;
        for (String word : key) {
            int at = -1;
            for (int i = 0; i < before.size(); i++) {
                if (alike(before.get(i), word)) {
                    at = i;
                }
            }
            if (at < 0) {
                return false;
            }
            first = Math.min(first, at);
            last = Math.max(last, at);
        }
        if (before.size() - 1 - last > near) {
            return false;
        }
        return before.subList(Math.max(0, first - 4), before.size()).stream()
                .noneMatch(w -> DENIALS.contains(w) || OTHERS.contains(w) && !key.contains(w));
    }

    /** A short answer to a question that asks for just this. */
    private boolean answers(Suggestions.Item item, Sentence holder, List<String> key) {
        List<Sentence> turn = said.of(holder.turn());
        int words = turn.stream().mapToInt(s -> Words.norms(s.text()).length).sum();
        List<Sentence> asked = new ArrayList<>(said.of(holder.turn() - 1));
        if (words > SHORT_ANSWER || asked.isEmpty() || asked.getLast().caller() == holder.caller()) {
            return false;
        }
        Sentence question = asked.getLast();
        boolean plain = Words.of(holder.text()).stream().noneMatch(w -> DENIALS.contains(w.norm()) || OTHERS.contains(w.norm()));
        boolean two = Words.of(question.text()).stream().anyMatch(w -> w.norm().equals("and") || w.norm().equals("or") || w.norm().equals("y") || w.norm().equals("und"));
        return question.has(Trait.QUESTION) && plain && !two && fits(List.of(Words.norms(question.text())), key, SHORT_ANSWER * 2);
    }

    private static boolean alike(String word, String key) {
        int same = 0;
        while (same < word.length() && same < key.length() && word.charAt(same) == key.charAt(same)) {
            same++;
        }
        return word.equals(key) || same >= 4 && same >= Math.min(word.length(), key.length()) - 1 && Math.abs(word.length() - key.length()) <= 3;
    }

    private static List<String> keyWords(String key) {
        var words = new ArrayList<String>();
        for (String norm : Words.norms(key)) {
            if (!GENERIC.contains(norm)) {
                words.add(norm);
            }
        }
        return words;
    }

    /** A name as it compares. */
    private static String plain(String key) {
        return String.join(" ", keyWords(key).isEmpty() ? List.of(Words.norms(key)) : keyWords(key));
    }
}
