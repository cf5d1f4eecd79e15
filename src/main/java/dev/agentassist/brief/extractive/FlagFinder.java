package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.redaction.Finding;
import dev.agentassist.brief.redaction.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what the company may have to answer for: one flag a kind, with the turns in which it was said. */
final class FlagFinder {

    private final Reading reading;

    FlagFinder(Reading reading) {
        this.reading = reading;
    }

    /** The gravest first. */
    List<Draft.Concern> find() {
        var said = new LinkedHashMap<String, List<Said>>();
        for (Said sentence : reading.sentences()) {
            if (!sentence.caller()) {
                continue;
            }
            for (Lexicon.Hit hit : sentence.hits()) {
                if (hit.cue() == Cue.FLAG) {
                    List<Said> at = said.computeIfAbsent(hit.argument(), t -> new ArrayList<>());
                    if (at.isEmpty() || at.getLast() != sentence) {
                        at.add(sentence);
                    }
                }
            }
        }
        var flags = new ArrayList<Draft.Concern>();
        said.forEach((type, sentences) -> flags.add(quoted(type, reading.severity(type), sentences)));
        secrets(flags);
        denied(flags);
        flags.sort(Draft.Concern.GRAVEST_FIRST);
        return flags;
    }

    private static Draft.Concern quoted(String type, Severity severity, List<Said> sentences) {
        Claim first = Quotes.around("Caller: ", sentences.getFirst(), Quotes.LONG, "");
        var turns = new ArrayList<>(sentences.stream().map(Said::turnNumber).toList());
        return new Draft.Concern(type, severity, new Claim(first.text(), turns, first.quotes()));
    }

    /** Something secret was spoken. It is not repeated. */
    private void secrets(List<Draft.Concern> flags) {
        secret(flags, Set.of(Secret.PAYMENT_CARD, Secret.SECURITY_CODE), "payment_card_spoken", Severity.HIGH, "A payment card’s number or security code was spoken.");
        secret(flags, Set.of(Secret.PASSWORD, Secret.ONE_TIME_CODE), "credential_spoken", Severity.MEDIUM, "A password, PIN or one-time code was spoken.");
        secret(flags, Set.of(Secret.NATIONAL_ID), "national_id_spoken", Severity.MEDIUM, "A national id was spoken.");
    }

    private void secret(List<Draft.Concern> flags, Set<Secret> kinds, String type, Severity severity, String detail) {
        List<Integer> turns = reading.call().secrets().stream()
                .filter(f -> kinds.contains(f.secret()) && f.turn() != Finding.TOOL)
                .map(Finding::turn)
                .distinct()
                .toList();
        if (!turns.isEmpty()) {
            flags.add(new Draft.Concern(type, severity, new Claim(detail, turns, List.of())));
        }
    }

    /** The caller asked for a human and was told no. */
    private void denied(List<Draft.Concern> flags) {
        int asked = 0;
        for (Said said : reading.sentences()) {
            if (said.caller() && said.has(Cue.HUMAN)) {
                asked = said.turnNumber();
            } else if (!said.caller() && asked > 0 && said.turnNumber() - asked <= 2 && said.has(Cue.NO_HUMAN)) {
                Claim claim = Quotes.around("Caller asked for a person; the agent: ", said, Quotes.LONG, "");
                flags.add(new Draft.Concern(
                        "human_denied",
                        Severity.MEDIUM,
                        new Claim(claim.text(), List.of(asked, said.turnNumber()), claim.quotes())));
                return;
            }
        }
    }

    /** The turns of all flags with the gravest kind in each. */
    static Map<Integer, Severity> turns(List<Draft.Concern> flags) {
        var turns = new LinkedHashMap<Integer, Severity>();
        for (Draft.Concern flag : flags) {
            for (int turn : flag.claim().turns()) {
                turns.merge(turn, flag.severity(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        return turns;
    }
}
