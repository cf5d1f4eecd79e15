package dev.agentassist.brief.model;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.extractive.CallSentences;
import dev.agentassist.brief.extractive.CallSentences.Sentence;
import dev.agentassist.brief.extractive.CallSentences.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes a draft of what a model chose and of what a brief must not lose, whatever a model chooses: the caller's issue, a
 * tool that failed, what the agent promised and refused, what was tried. A model that says nothing of these hides nothing.
 */
final class Composer {

    /** How many sentences of one kind are told, the last ones. */
    private static final int MOST_OF_A_KIND = 3;

    private static final int MOST_MORE_VALUES = 12;
    private static final int SHORT = 110;
    private static final int ONE = 160;

    private final CallMaterial call;
    private final CallSentences said;
    private final Draft own;
    private final Speech speech;

    /** @param own what the words themselves show */
    Composer(CallMaterial call, CallSentences said, Draft own) {
        this.call = call;
        this.said = said;
        this.own = own;
        this.speech = new Speech(call, new Corrections(call, said));
    }

    Draft draft(String engine, String model, Grounding.Held held, Grounding grounding, List<String> warnings, Draft.Usage usage) {
        Optional<Passage> issue = passage(own.reason());
        Claim reason = reason(held, issue);
        List<Draft.Step> steps = steps(held, grounding);
        var values = new ArrayList<>(own.values());
        values.addAll(grounding.values(held).stream().limit(MOST_MORE_VALUES).toList());
        return new Draft(
                engine,
                model,
                own.callerName(),
                own.sentiment(),
                reason,
                summary(held, issue, reason),
                values,
                steps,
                flags(held),
                own.markers(),
                warnings,
                usage);
    }

    private Claim reason(Grounding.Held held, Optional<Passage> issue) {
        Optional<Passage> chosen = held.reason();
        if (chosen.isEmpty() || issue.isPresent() && issue.get().overlaps(chosen.get())) {
            return own.reason();
        }
        Claim about = speech.said(chosen.get());
        Optional<Passage> human = first(Trait.HUMAN).filter(h -> !h.overlaps(chosen.get()));
        return human.isEmpty() || !chosen.get().caller()
                ? about
                : Speech.joined(about, " – then asks for a person: ", speech.around("", human.get()));
    }

    private List<Claim> summary(Grounding.Held held, Optional<Passage> issue, Claim reason) {
        var told = new ArrayList<Passage>(passages(reason));
        var bullets = new ArrayList<Claim>();
        own.summary().stream().filter(c -> c.quotes().stream().anyMatch(q -> q.turn() == Claim.Quote.TOOL)).limit(1).forEach(bullets::add);
        issue.filter(i -> told.stream().noneMatch(i::overlaps)).ifPresent(i -> {
            bullets.add(speech.said(i));
            told.add(i);
        });
        kind(Trait.PROMISE, "The agent promised: ", told).ifPresent(bullets::add);
        kind(Trait.REFUSAL, "The agent said no: ", told).ifPresent(bullets::add);
        kind(Trait.TRIED, "Already tried: ", told).ifPresent(bullets::add);
        for (Passage chosen : held.bullets()) {
            if (bullets.size() < Brief.MOST_BULLETS && told.stream().noneMatch(chosen::overlaps)) {
                bullets.add(speech.said(chosen));
                told.add(chosen);
            }
        }
        for (Claim more : own.summary()) {
            if (bullets.size() < Brief.LEAST_BULLETS && passage(more).filter(p -> told.stream().noneMatch(p::overlaps)).isPresent()) {
                bullets.add(more);
            }
        }
        bullets.sort((a, b) -> Integer.compare(a.firstTurn(), b.firstTurn()));
        return bullets;
    }

    /** The last sentences of a kind in one statement, as far as they are not told yet. */
    private Optional<Claim> kind(Trait trait, String before, List<Passage> told) {
        var all = new ArrayList<>(said.all().stream()
                .filter(s -> s.has(trait) && s.has(Trait.CONTENT))
                .map(Passage::of)
                .filter(p -> told.stream().noneMatch(p::overlaps))
                .toList());
        List<Passage> last = all.subList(Math.max(0, all.size() - MOST_OF_A_KIND), all.size());
        if (last.isEmpty()) {
            return Optional.empty();
        }
        told.addAll(last);
        boolean tried = trait == Trait.TRIED;
        String start = tried ? before + (last.getFirst().caller() ? "Caller: " : "Agent: ") : before;
        return Optional.of(speech.around(start, last, last.size() == 1 ? ONE : SHORT));
    }

    private List<Draft.Step> steps(Grounding.Held held, Grounding grounding) {
        var steps = new ArrayList<Draft.Step>();
        // A danger, a tool that failed, and what the caller was promised stand above what a model would do first.
        own.steps().stream().filter(s -> s.confidence() == Brief.Confidence.HIGH).limit(2).forEach(steps::add);
        for (Passage chosen : held.steps()) {
            boolean known = steps.stream().anyMatch(s -> passages(s.claim()).stream().anyMatch(chosen::overlaps));
            if (!known && steps.size() < Brief.MOST_STEPS) {
                steps.add(new Draft.Step(speech.around(task(chosen), chosen), grounding.confidence(chosen)));
            }
        }
        for (Draft.Step step : own.steps()) {
            if (steps.size() < Brief.MOST_STEPS && !steps.contains(step) && open(step, steps)) {
                steps.add(step);
            }
        }
        steps.sort(Comparator.comparing(Draft.Step::confidence));
        return steps;
    }

    private boolean open(Draft.Step step, List<Draft.Step> steps) {
        return step.confidence() != Brief.Confidence.LOW && steps.stream().noneMatch(s -> s.claim().turns().equals(step.claim().turns()))
                || steps.isEmpty();
    }

    private static String task(Passage passage) {
        if (!passage.caller()) {
            return passage.has(Trait.PROMISE)
                    ? "Keep the agent’s word: "
                    : passage.has(Trait.REFUSAL) ? "Know that the agent said no: " : "See to what the agent said: ";
        }
        return passage.has(Trait.HUMAN)
                ? "Speak with the caller yourself, as asked: "
                : passage.has(Trait.QUESTION) ? "Answer the caller: " : "See to what the caller said: ";
    }

    private List<Draft.Concern> flags(Grounding.Held held) {
        var flags = new ArrayList<>(own.flags());
        for (Passage concern : held.concerns()) {
            Claim claim = speech.said(concern);
            flags.add(new Draft.Concern(
                    "possible_concern", Brief.Severity.LOW, new Claim("Worth a look. " + claim.text(), claim.turns(), claim.quotes())));
        }
        return flags;
    }

    private Optional<Passage> first(Trait trait) {
        for (Sentence sentence : said.all()) {
            if (sentence.has(trait)) {
                return Optional.of(Passage.of(sentence));
            }
        }
        return Optional.empty();
    }

    private Optional<Passage> passage(Claim claim) {
        return claim == null ? Optional.empty() : passages(claim).stream().findFirst();
    }

    private List<Passage> passages(Claim claim) {
        return claim == null
                ? List.of()
                : claim.quotes().stream().flatMap(q -> Passage.find(call, said, q.turn(), q.text()).stream()).toList();
    }
}
