package dev.agentassist.audit;

import dev.agentassist.audit.policy.Expectation.Limits;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.conversation.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures a call against limits. Those that its record cannot tell are left out; when it can tell none, so is the rule. */
final class LimitCheck {

    private final CallFacts call;
    private final List<String> exceeded = new ArrayList<>();
    private final List<Integer> turns = new ArrayList<>();
    private boolean measured;

    LimitCheck(CallFacts call) {
        this.call = call;
    }

    Verdict check(Limits limits) {
        duration(limits.duration());
        silence(limits.silence());
        latency(limits.agentLatency());
        interruptions(limits.interruptions());
        failedTools(limits.failedTools());
        if (exceeded.isEmpty()) {
            return measured ? Verdict.HOLDS : Verdict.NOT_APPLICABLE;
        }
        String all = String.join(", ", exceeded);
        return Verdict.fails(
                Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".", turns.stream().distinct().sorted().toList());
    }

    private void duration(Duration limit) {
        Integer seconds = call.info().duration();
        if (limit == null || seconds == null) {
            return;
        }
        measured = true;
        if (seconds > limit.toSeconds()) {
            exceeded.add("the call lasts " + seconds + " s (limit " + limit.toSeconds() + " s)");
        }
    }

    private void silence(Duration limit) {
        if (limit == null) {
            return;
        }
        double spokenUntil = Double.NaN;
        for (CallFacts.Timing timing : call.timings()) {
            if (timing.started() == null || timing.stopped() == null) {
                continue;
            }
            double silence = timing.started() - spokenUntil;
            if (!Double.isNaN(silence)) {
                measured = true;
                if (silence > seconds(limit)) {
                    exceeded.add("nobody speaks for " + shown(silence) + " s (limit " + shown(seconds(limit)) + " s)");
                    turns.add(timing.turn());
                }
            }
            spokenUntil = Double.isNaN(spokenUntil) ? timing.stopped() : Math.max(spokenUntil, timing.stopped());
        }
    }

    private void latency(Duration limit) {
        if (limit == null) {
            return;
        }
        double longest = 0;
        int late = 0;
        for (CallFacts.Timing timing : call.timings()) {
            if (timing.latency() != null) {
                measured = true;
                if (timing.latency() > seconds(limit)) {
                    late++;
                    longest = Math.max(longest, timing.latency());
                    turns.add(timing.turn());
                }
            }
        }
        if (late > 0) {
            exceeded.add("the agent answers late in " + late + (late == 1 ? " turn" : " turns") + ", after up to "
                    + shown(longest) + " s (limit " + shown(seconds(limit)) + " s)");
        }
    }

    private void interruptions(Integer limit) {
        if (limit == null) {
            return;
        }
        measured = true;
        List<Integer> cut = call.turns().stream()
                .filter(t -> t.interrupted() && t.speaker() == Turn.Speaker.AGENT)
                .map(Turn::number)
                .toList();
        if (cut.size() > limit) {
            exceeded.add("the agent is interrupted " + cut.size() + " times (limit " + limit + ")");
            turns.addAll(cut);
        }
    }

    private void failedTools(Integer limit) {
        if (limit == null) {
            return;
        }
        measured = true;
        List<ToolUse> failed = call.tools().stream().filter(t -> t.outcome() != ToolUse.Outcome.OK).toList();
        if (failed.size() > limit) {
            exceeded.add(failed.size() + (failed.size() == 1 ? " tool call fails" : " tool calls fail") + " (limit " + limit + ")");
            failed.stream().map(ToolUse::afterTurn).filter(t -> t > 0).forEach(turns::add);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String shown(double seconds) {
        return String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f" : "%.1f", seconds);
    }
}
