package dev.agentassist.brief.extractive;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.brief.text.Sentences;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Turn;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A call, read once: its sentences with their cues, its tools, its languages.
 *
 * @param byTurn the sentences of each turn; the turn numbered n stands at n - 1
 */
record Reading(
        CallMaterial call,
        List<Said> sentences,
        List<List<Said>> byTurn,
        List<ToolUse> tools,
        List<String> languages,
        List<Lexicon> lexicons) {

    static Reading of(CallMaterial call, Lexicons known) {
        var norms = new ArrayList<String[]>();
        var cut = new ArrayList<List<Words.Word>>();
        for (Turn turn : call.turns()) {
            List<Words.Word> words = Words.of(turn.text());
            cut.add(words);
            norms.add(words.stream().map(Words.Word::norm).toArray(String[]::new));
        }
        List<String> languages = Language.of(norms);
        List<Lexicon> lexicons = languages.stream().map(known::of).toList();
        var sentences = new ArrayList<Said>();
        var byTurn = new ArrayList<List<Said>>();
        for (int t = 0; t < cut.size(); t++) {
            Turn turn = call.turns().get(t);
            var ofTurn = new ArrayList<Said>();
            int from = 0;
            for (Sentences.Span span : Sentences.of(turn.text())) {
                int to = from;
                while (to < cut.get(t).size() && cut.get(t).get(to).start() < span.end()) {
                    to++;
                }
                Said said = said(sentences.size(), ofTurn.size(), turn, span, List.copyOf(cut.get(t).subList(from, to)), lexicons);
                sentences.add(said);
                ofTurn.add(said);
                from = to;
            }
            byTurn.add(List.copyOf(ofTurn));
        }
        return new Reading(
                call, List.copyOf(sentences), List.copyOf(byTurn), ToolUse.in(call.transcript()), languages, lexicons);
    }

    private static Said said(
            int index, int place, Turn turn, Sentences.Span span, List<Words.Word> words, List<Lexicon> lexicons) {
        String[] norms = words.stream().map(Words.Word::norm).toArray(String[]::new);
        var hits = new ArrayList<Lexicon.Hit>();
        var cues = EnumSet.noneOf(Cue.class);
        for (Lexicon lexicon : lexicons) {
            for (Lexicon.Hit hit : lexicon.find(norms)) {
                hits.add(hit);
                cues.add(hit.cue());
            }
        }
        return new Said(index, place, turn, span.start(), span.end(), words, List.copyOf(hits), cues, content(norms, lexicons));
    }

    private static String[] content(String[] norms, List<Lexicon> lexicons) {
        var content = new ArrayList<String>(norms.length);
        for (String norm : norms) {
            boolean function = false;
            for (Lexicon lexicon : lexicons) {
                function |= lexicon.isFunctionWord(norm);
            }
            if (!function && (norm.length() > 1 || Character.isDigit(norm.charAt(0)) || norm.charAt(0) > 0xff)) {
                content.add(lexicons.isEmpty() ? norm : Stems.of(norm));
            }
        }
        return content.toArray(String[]::new);
    }

    List<Said> of(int turn) {
        return byTurn.get(turn - 1);
    }

    boolean turnHas(int turn, Cue cue) {
        for (Said said : of(turn)) {
            if (said.has(cue)) {
                return true;
            }
        }
        return false;
    }

    /** The worst severity that the lexicons give a flag. */
    dev.agentassist.brief.Brief.Severity severity(String flag) {
        return lexicons.stream()
                .map(l -> l.severity(flag))
                .findFirst()
                .orElse(dev.agentassist.brief.Brief.Severity.MEDIUM);
    }
}
