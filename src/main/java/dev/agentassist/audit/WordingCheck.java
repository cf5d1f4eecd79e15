package dev.agentassist.audit;

import dev.agentassist.audit.policy.Wording;
import dev.agentassist.brief.text.WordPattern;
import dev.agentassist.conversation.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Listens for wordings in a call. */
final class WordingCheck {

    private final CallFacts call;

    WordingCheck(CallFacts call) {
        this.call = call;
    }

    Verdict mustSay(Wording wording) {
        List<Turn> heard = heard(wording);
        if (heard == null) {
            return Verdict.NOT_APPLICABLE;
        }
        if (heard.isEmpty() && wording.by() != null && call.turns().stream().noneMatch(t -> t.speaker() == wording.by())) {
            // Nobody was there to say it: a call that was not answered breaks no promise.
            return Verdict.NOT_APPLICABLE;
        }
        for (Turn turn : heard) {
            if (said(wording, turn) != null) {
                return Verdict.HOLDS;
            }
        }
        String what = wording.anyOf().size() == 1
                ? " never says “" + wording.anyOf().getFirst() + "”"
                : " says none of the " + wording.anyOf().size() + " wordings";
        return Verdict.fails(who(wording) + what + where(wording) + ".", List.of());
    }

    Verdict mustNotSay(Wording wording) {
        List<Turn> heard = heard(wording);
        if (heard == null) {
            return Verdict.NOT_APPLICABLE;
        }
        var turns = new ArrayList<Integer>();
        var phrases = new TreeSet<String>();
        for (Turn turn : heard) {
            WordPattern said = said(wording, turn);
            if (said != null) {
                turns.add(turn.number());
                phrases.add("“" + said + "”");
            }
        }
        return turns.isEmpty()
                ? Verdict.HOLDS
                : Verdict.fails(who(wording) + " says " + String.join(" and ", phrases) + where(wording) + ".", turns);
    }

    /** Whether the wording is met at all. */
    boolean met(Wording wording) {
        List<Turn> heard = heard(wording);
        return heard != null && heard.stream().anyMatch(t -> said(wording, t) != null);
    }

    private WordPattern said(Wording wording, Turn turn) {
        String[] norms = call.norms(turn);
        for (WordPattern pattern : wording.anyOf()) {
            if (pattern.in(norms)) {
                return pattern;
            }
        }
        return null;
    }

    /** The speaker's turns in the part of the call that counts; null when the record's times cannot tell which. */
    private List<Turn> heard(Wording wording) {
        Wording.Within within = wording.within();
        List<Turn> turns = call.turns();
        Instant end = null;
        if (within.seconds() > 0) {
            Instant first = turns.isEmpty() ? null : turns.getFirst().timestamp();
            if (first == null || turns.stream().anyMatch(t -> t.timestamp() == null)) {
                return null;
            }
            end = first.plusSeconds(within.seconds());
        }
        var heard = new ArrayList<Turn>();
        for (Turn turn : turns) {
            if (wording.by() != null && turn.speaker() != wording.by()) {
                continue;
            }
            if (within.turns() > 0 && heard.size() == within.turns() || end != null && turn.timestamp().isAfter(end)) {
                break;
            }
            heard.add(turn);
        }
        return heard;
    }

    private static String who(Wording wording) {
        return wording.by() == null ? "Somebody" : wording.by() == Turn.Speaker.AGENT ? "The agent" : "The caller";
    }

    private static String where(Wording wording) {
        int turns = wording.within().turns();
        long seconds = wording.within().seconds();
        var where = new StringBuilder();
        if (turns > 0) {
            where.append(" in the first ").append(turns == 1 ? "turn" : turns + " turns");
        }
        if (seconds > 0) {
            where.append(turns > 0 ? " or within " : " within ").append(Duration.ofSeconds(seconds).toSeconds()).append(" s");
        }
        return where.toString();
    }
}
