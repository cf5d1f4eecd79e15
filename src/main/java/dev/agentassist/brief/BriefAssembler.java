package dev.agentassist.brief;

import dev.agentassist.config.Durations;
import dev.agentassist.conversation.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the brief from drafts that were checked: the first one's statements, filled up so that the counts hold. */
final class BriefAssembler {

    private final CallMaterial call;
    private final Instant now;
    private final Map<String, List<Integer>> evidence = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    BriefAssembler(CallMaterial call, Instant now) {
        this.call = call;
        this.now = now;
    }

    /**
     * @param draft whose statements stand
     * @param filler from which gaps are filled; the same draft when there is no other
     * @param more further warnings
     */
    Brief assemble(Draft draft, Draft filler, List<String> more) {
        warnings.addAll(draft.warnings());
        warnings.addAll(more);
        warnings.addAll(call.transcript().warnings());
        Brief.Header header = header(draft, filler);
        String reason = reason(draft, filler);
        List<String> summary = summary(draft, filler);
        List<Brief.Collected> values = values(draft);
        List<Brief.NextStep> steps = steps(draft, filler);
        List<Brief.Flag> flags = flags(draft, filler);
        var info = call.info();
        return new Brief(
                header,
                reason,
                summary,
                values,
                steps,
                transcript(draft, filler),
                flags,
                new Brief.Meta(
                        info.id(),
                        info.status() == null ? null : info.status().wire(),
                        info.createdAt(),
                        now,
                        draft.engine(),
                        draft.model(),
                        call.sha256(),
                        evidence,
                        sources,
                        warnings,
                        draft.usage(),
                        null));
    }

    private void cite(String pointer, Claim claim) {
        evidence.put(pointer, claim.turns());
    }

    private Brief.Header header(Draft draft, Draft filler) {
        Claim name = draft.callerName() == null ? filler.callerName() : draft.callerName();
        String recorded = name == null ? RecordedName.of(call.conversation()) : null;
        if (name != null) {
            cite("/header/caller_name", name);
        } else if (recorded != null) {
            sources.put("/header/caller_name", "record");
        }
        Draft.Mood mood = draft.sentiment() == null ? filler.sentiment() : draft.sentiment();
        if (mood == null) {
            mood = new Draft.Mood(Brief.Sentiment.Level.CALM, Claim.ofRecord("Nothing was said that tells the mood."));
        }
        if (!mood.claim().turns().isEmpty()) {
            cite("/header/sentiment", mood.claim());
        }
        var info = call.info();
        String number = info.userId() != null && info.userId().startsWith("+") ? info.userId() : null;
        return new Brief.Header(
                name != null ? name.text() : recorded != null ? recorded : Brief.UNKNOWN_CALLER,
                number,
                info.duration(),
                new Brief.Sentiment(mood.claim().text(), mood.level()));
    }

    private String reason(Draft draft, Draft filler) {
        Claim reason = draft.reason() == null ? filler.reason() : draft.reason();
        if (reason == null) {
            reason = Claim.ofRecord(call.turns().isEmpty()
                    ? "Not known: nothing was said, or no transcript was kept."
                    : "Not known: nothing that was said gives a reason.");
        }
        cite("/transfer_reason", reason);
        return reason.text();
    }

    private List<String> summary(Draft draft, Draft filler) {
        var claims = new ArrayList<>(draft.summary());
        fill(claims, filler.summary(), Brief.LEAST_BULLETS);
        fill(claims, record(), Brief.LEAST_BULLETS);
        var summary = new ArrayList<String>();
        for (Claim claim : claims.subList(0, Math.min(claims.size(), Brief.MOST_BULLETS))) {
            cite("/call_summary/" + summary.size(), claim);
            summary.add(claim.text());
        }
        return summary;
    }

    private static void fill(List<Claim> claims, List<Claim> from, int least) {
        for (Claim claim : from) {
            if (claims.size() < least && claims.stream().noneMatch(c -> c.text().equals(claim.text()))) {
                claims.add(claim);
            }
        }
    }

    /** What the record says of a call in which nothing was said. */
    private List<Claim> record() {
        var info = call.info();
        var said = new ArrayList<Claim>();
        int turns = call.lastTurn();
        long caller = call.turns().stream().filter(t -> t.speaker() == Turn.Speaker.CALLER).count();
        said.add(Claim.ofRecord(turns == 0
                ? "Nothing was said, or no transcript was kept."
                : "The transcript has " + turns + (turns == 1 ? " turn, " : " turns, ") + caller + " of the caller."));
        said.add(Claim.ofRecord(info.status() == null
                ? "The call’s status is not recorded."
                : "The call’s status is " + info.status().wire() + "."));
        said.add(Claim.ofRecord(info.duration() == null
                ? "The call’s duration is not known."
                : "The call lasted " + Durations.human(Duration.ofSeconds(info.duration())) + "."));
        return said;
    }

    private List<Brief.Collected> values(Draft draft) {
        var values = new ArrayList<Brief.Collected>();
        for (Draft.Value value : draft.values()) {
            String pointer = "/information_collected/" + values.size();
            cite(pointer, value.claim());
            if (value.source() != null) {
                sources.put(pointer, value.source());
            }
            values.add(new Brief.Collected(value.key(), value.claim().text()));
        }
        return values;
    }

    private List<Brief.NextStep> steps(Draft draft, Draft filler) {
        var steps = new ArrayList<>(draft.steps());
        if (steps.size() < Brief.LEAST_STEPS) {
            steps.addAll(filler.steps());
        }
        if (steps.isEmpty()) {
            steps.add(new Draft.Step(Claim.ofRecord("Ask the caller what they need: the call does not tell."), Brief.Confidence.LOW));
        }
        var told = new ArrayList<Brief.NextStep>();
        for (Draft.Step step : steps.subList(0, Math.min(steps.size(), Brief.MOST_STEPS))) {
            cite("/suggested_next_steps/" + told.size(), step.claim());
            told.add(new Brief.NextStep(step.claim().text(), step.confidence()));
        }
        return told;
    }

    /** A model can add concerns, it cannot hide those that the words themselves show. */
    private List<Brief.Flag> flags(Draft draft, Draft filler) {
        var concerns = new ArrayList<>(draft.flags());
        for (Draft.Concern concern : filler.flags()) {
            if (concerns.stream().noneMatch(c -> c.type().equals(concern.type()))) {
                concerns.add(concern);
            }
        }
        var flags = new ArrayList<Brief.Flag>();
        for (Draft.Concern concern : concerns) {
            cite("/compliance_flags/" + flags.size(), concern.claim());
            flags.add(new Brief.Flag(concern.type(), concern.severity(), concern.claim().text(), concern.claim().turns()));
        }
        return flags;
    }

    private List<Brief.Entry> transcript(Draft draft, Draft filler) {
        var markers = draft.markers().isEmpty() ? filler.markers() : draft.markers();
        return call.turns().stream()
                .map(t -> new Brief.Entry(t.number(), t.speaker().wire(), t.text(), t.timestamp(), markers.get(t.number())))
                .toList();
    }
}
