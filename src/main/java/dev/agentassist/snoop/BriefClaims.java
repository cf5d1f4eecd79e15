package dev.agentassist.snoop;

import dev.agentassist.brief.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A brief as lines that can be read beside a call: each with the turns that it stands on. */
public final class BriefClaims {

    private BriefClaims() {}

    public static List<Claim> of(Brief brief) {
        Map<String, List<Integer>> evidence = brief.meta().evidence();
        var claims = new ArrayList<Claim>();
        claims.add(Claim.heading(brief.header().callerName()));
        claims.add(new Claim(false, brief.header().sentiment().label(), List.of()));
        claims.add(Claim.heading("Why it needs a human"));
        claims.add(new Claim(false, brief.transferReason(), turns(evidence, "/transfer_reason")));
        claims.add(Claim.heading("What happened"));
        for (int i = 0; i < brief.callSummary().size(); i++) {
            claims.add(new Claim(false, brief.callSummary().get(i), turns(evidence, "/call_summary/" + i)));
        }
        if (!brief.informationCollected().isEmpty()) {
            claims.add(Claim.heading("What the caller gave"));
            for (int i = 0; i < brief.informationCollected().size(); i++) {
                var value = brief.informationCollected().get(i);
                claims.add(new Claim(
                        false, value.key() + ": " + value.value(), turns(evidence, "/information_collected/" + i)));
            }
        }
        claims.add(Claim.heading("What to do next"));
        for (int i = 0; i < brief.nextSteps().size(); i++) {
            claims.add(new Claim(
                    false, brief.nextSteps().get(i).action(), turns(evidence, "/suggested_next_steps/" + i)));
        }
        if (!brief.complianceFlags().isEmpty()) {
            claims.add(Claim.heading("Watch out"));
            brief.complianceFlags().forEach(f -> claims.add(new Claim(false, f.detail(), f.turns())));
        }
        claims.add(Claim.heading("How it was made"));
        claims.add(new Claim(
                false,
                brief.meta().model() == null ? "From the call's own words." : "By the model " + brief.meta().model() + ".",
                List.of()));
        brief.meta().warnings().forEach(w -> claims.add(new Claim(false, w, List.of())));
        return List.copyOf(claims);
    }

    private static List<Integer> turns(Map<String, List<Integer>> evidence, String pointer) {
        return evidence.getOrDefault(pointer, List.of());
    }
}
