package dev.agentassist.smoke;

import dev.agentassist.brief.Brief;
import java.util.ArrayList;
import java.util.List;

/** Whether a brief is what it promises to be. */
final class CanaryBrief {

    private CanaryBrief() {}

    /** What is wrong, a sentence each, without words of the brief. */
    static List<String> wrong(Brief brief, String conversation, List<CanaryScript.Line> said) {
        var wrong = new ArrayList<String>();
        if (!conversation.equals(brief.meta().conversationId())) {
            wrong.add("It is about another call.");
        }
        if (brief.transferReason().isBlank()) {
            wrong.add("It has no reason.");
        }
        if (brief.callSummary().size() < Brief.LEAST_BULLETS || brief.callSummary().size() > Brief.MOST_BULLETS) {
            wrong.add("It has " + brief.callSummary().size() + " statements.");
        }
        if (brief.nextSteps().size() < Brief.LEAST_STEPS || brief.nextSteps().size() > Brief.MOST_STEPS) {
            wrong.add("It has " + brief.nextSteps().size() + " next steps.");
        }
        List<CanaryScript.Line> turns = brief.transcript().stream()
                .map(e -> new CanaryScript.Line(e.role().equals("agent"), e.text()))
                .toList();
        if (!turns.equals(said)) {
            wrong.add("Its transcript is not what was said.");
        }
        for (int i = 0; i < brief.callSummary().size(); i++) {
            if (!brief.meta().evidence().containsKey("/call_summary/" + i)) {
                wrong.add("Statement " + (i + 1) + " has no evidence.");
            }
        }
        boolean beyond = brief.meta().evidence().values().stream().flatMap(List::stream).anyMatch(t -> t < 1 || t > said.size());
        if (beyond) {
            wrong.add("Its evidence names turns that there are not.");
        }
        return wrong;
    }
}
