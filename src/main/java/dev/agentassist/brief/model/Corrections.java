package dev.agentassist.brief.model;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.extractive.CallSentences;
import dev.agentassist.brief.extractive.CallSentences.Sentence;
import dev.agentassist.brief.extractive.CallSentences.Trait;
import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds where a speaker takes back what they said: what was said last stands above what was said before. */
final class Corrections {

    /** A correction without a number belongs to what the same speaker said so few turns before. */
    private static final int NEAR = 2;

    private static final Set<String> NOT = Set.of("not", "nicht", "no", "instead", "wrong");

    private final CallMaterial call;
    private final CallSentences said;

    Corrections(CallMaterial call, CallSentences said) {
        this.call = call;
        this.said = said;
    }

    /** The sentence that takes this one back, or empty. */
    Optional<Sentence> of(Sentence sentence) {
        Set<String> numbers = numbers(sentence.text());
        for (int turn = sentence.turn(); turn <= call.lastTurn(); turn++) {
            boolean near = turn - sentence.turn() <= NEAR;
            if (numbers.isEmpty() && !near) {
                return Optional.empty();
            }
            for (Sentence later : said.of(turn)) {
                boolean behind = later.caller() == sentence.caller() && (turn > sentence.turn() || later.start() > sentence.start());
                if (behind && takesBack(later, sentence, numbers, near)) {
                    return Optional.of(later);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean takesBack(Sentence later, Sentence sentence, Set<String> numbers, boolean near) {
        if (numbers.isEmpty()) {
            return near && later.has(Trait.CORRECTION) && numbers(later.text()).isEmpty() && later.turn() == sentence.turn();
        }
        Set<String> others = numbers(later.text());
        if (denies(later.text(), numbers)) {
            return true;
        }
        others.removeAll(numbers);
        return later.has(Trait.CORRECTION) && others.stream().anyMatch(o -> numbers.stream().anyMatch(n -> o.length() == n.length() || near));
    }

    private static boolean denies(String text, Set<String> numbers) {
        List<Words.Word> words = Words.of(text);
        for (SpokenDigits.Run run : SpokenDigits.in(text, words, 1)) {
            for (int i = 1; i < words.size(); i++) {
                boolean here = words.get(i).start() == run.start();
                if (here && NOT.contains(words.get(i - 1).norm()) && numbers.contains(Words.fold(run.written()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<String> numbers(String text) {
        var numbers = new HashSet<String>();
        for (SpokenDigits.Run run : SpokenDigits.in(text, 2)) {
            if (run.hasDigit()) {
                numbers.add(Words.fold(run.written()));
            }
        }
        for (String norm : Words.norms(text)) {
            if (norm.chars().anyMatch(Character::isDigit)) {
                numbers.add(norm);
            }
        }
        return numbers;
    }
}
