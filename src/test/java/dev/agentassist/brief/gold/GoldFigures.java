package dev.agentassist.brief.gold;

import dev.agentassist.brief.Brief;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far briefs agree with what people found in the same calls. */
final class GoldFigures {

    /** So many of so many. */
    static final class Share {
        private int hits;
        private int all;

        void add(boolean hit) {
            hits += hit ? 1 : 0;
            all++;
        }

        double value() {
            return all == 0 ? 1 : (double) hits / all;
        }

        @Override
        public String toString() {
            return String.format("%.3f (%d of %d)", value(), hits, all);
        }
    }

    final Share valuePrecision = new Share();
    final Share valueRecall = new Share();
    final Share evidence = new Share();
    final Share reason = new Share();
    final Share firstTurn = new Share();
    final Share name = new Share();
    final Share promises = new Share();
    final Share refusals = new Share();
    final Share tried = new Share();
    final Share failedTools = new Share();
    final Share flagPrecision = new Share();
    final Share flagRecall = new Share();
    final Share sentiment = new Share();
    final Share markers = new Share();
    int calls;
    int wrongShown;
    int markersPlaced;
    int valuesShown;

    /** What is wrong, a line each, for whoever mends it. */
    final List<String> faults = new ArrayList<>();

    void add(GoldCall gold, Brief brief) {
        calls++;
        values(gold, brief);
        reason(gold, brief);
        name(gold, brief);
        flags(gold, brief);
        kept(gold, gold.promises(), brief, promises, "promise");
        kept(gold, gold.refusals(), brief, refusals, "refusal");
        kept(gold, gold.tried(), brief, tried, "what was tried");
        for (String tool : gold.failedTools()) {
            String words = tool.replace('_', ' ');
            hit(gold, failedTools, brief.callSummary().stream().anyMatch(b -> b.contains(words)) || brief.nextSteps().stream().anyMatch(s -> s.action().contains(words)),
                    "failed tool not told: " + tool);
        }
        hit(gold, sentiment, gold.sentiment().isEmpty() || gold.sentiment().contains(brief.header().sentiment().level().wire()),
                "sentiment " + brief.header().sentiment().level().wire() + ", not " + gold.sentiment());
        markers(gold, brief);
    }

    private void hit(GoldCall gold, Share share, boolean hit, String fault) {
        share.add(hit);
        if (!hit) {
            faults.add(gold.name() + ": " + fault);
        }
    }

    private static Set<Integer> cited(Brief brief, String pointer) {
        return new HashSet<>(brief.meta().evidence().getOrDefault(pointer, List.of()));
    }

    private void values(GoldCall gold, Brief brief) {
        var found = new HashSet<GoldCall.Value>();
        for (int i = 0; i < brief.informationCollected().size(); i++) {
            Brief.Collected shown = brief.informationCollected().get(i);
            valuesShown++;
            GoldCall.Value match = gold.values().stream().filter(v -> v.is(shown.key(), shown.value())).findFirst().orElse(null);
            hit(gold, valuePrecision, match != null, "value " + shown.key() + " = " + shown.value());
            if (gold.wrong().contains(GoldCall.plain(shown.value()))) {
                wrongShown++;
                faults.add(gold.name() + ": shown though wrong " + shown.key() + " = " + shown.value());
            }
            if (match != null) {
                found.add(match);
                // A tool's value may also be spoken in turns that nobody listed; of a spoken one each turn must carry it.
                cited(brief, "/information_collected/" + i)
                        .forEach(t -> hit(gold, evidence, match.turns().contains(t), "evidence of " + shown.key() + " [" + t + "], not " + match.turns()));
            }
        }
        for (GoldCall.Value value : gold.values()) {
            if (!value.optional()) {
                hit(gold, valueRecall, found.contains(value), "missed " + value.keys() + " = " + value.values());
            }
        }
    }

    private void reason(GoldCall gold, Brief brief) {
        Set<Integer> cited = cited(brief, "/transfer_reason");
        hit(gold, reason, right(gold, cited), "reason " + cited + ", not " + gold.reason() + ": " + brief.transferReason());
        Set<Integer> first = new HashSet<>();
        brief.transcript().stream().filter(e -> e.role().equals("caller")).findFirst().ifPresent(e -> first.add(e.turn()));
        firstTurn.add(right(gold, first));
    }

    private static boolean right(GoldCall gold, Set<Integer> cited) {
        if (gold.reason().isEmpty()) {
            return cited.isEmpty();
        }
        return cited.stream().anyMatch(gold.reason()::contains) && cited.stream().allMatch(t -> gold.reason().contains(t) || gold.human().contains(t));
    }

    private void name(GoldCall gold, Brief brief) {
        String shown = brief.header().callerName();
        String wanted = gold.callerName() == null ? Brief.UNKNOWN_CALLER : gold.callerName().name();
        boolean right = GoldCall.plain(shown).equals(GoldCall.plain(wanted));
        hit(gold, name, right, "name " + shown + ", not " + wanted);
        if (right && gold.callerName() != null) {
            cited(brief, "/header/caller_name").forEach(t -> hit(gold, evidence, gold.callerName().turns().contains(t) || says(brief, t, shown), "evidence of the name [" + t + "]"));
        }
    }

    private static boolean says(Brief brief, int turn, String words) {
        return GoldCall.plain(brief.transcript().get(turn - 1).text()).contains(GoldCall.plain(words));
    }

    private void flags(GoldCall gold, Brief brief) {
        for (Brief.Flag flag : brief.complianceFlags()) {
            GoldCall.Flag match = gold.flags().stream().filter(f -> f.type().equals(flag.type())).findFirst().orElse(null);
            hit(gold, flagPrecision, match != null, "flag " + flag.type() + " " + flag.turns());
            if (match != null) {
                flag.turns().forEach(t -> hit(gold, evidence, match.turns().contains(t), "evidence of " + flag.type() + " [" + t + "]"));
            }
        }
        for (GoldCall.Flag flag : gold.flags()) {
            if (!flag.optional()) {
                hit(gold, flagRecall, brief.complianceFlags().stream().anyMatch(f -> f.type().equals(flag.type())), "missed flag " + flag.type());
            }
        }
    }

    /** What must not be lost is told in a bullet, a step, the reason or a flag. */
    private void kept(GoldCall gold, List<Set<Integer>> things, Brief brief, Share share, String what) {
        for (Set<Integer> turns : things) {
            boolean told = brief.meta().evidence().entrySet().stream()
                    .filter(e -> !e.getKey().startsWith("/information_collected") && !e.getKey().startsWith("/header"))
                    .anyMatch(e -> e.getValue().stream().anyMatch(turns::contains));
            hit(gold, share, told, "lost " + what + " " + turns + ": " + brief.transcript().get(turns.iterator().next() - 1).text());
        }
    }

    private void markers(GoldCall gold, Brief brief) {
        gold.markers().forEach((kind, turns) -> {
            boolean placed = brief.transcript().stream()
                    .anyMatch(e -> e.marker() != null && e.marker().wire().equals(kind) && turns.contains(e.turn()));
            // A turn has one marker: a graver one may stand there.
            boolean graver = brief.transcript().stream().anyMatch(e -> e.marker() == Brief.Marker.COMPLIANCE && turns.contains(e.turn()));
            hit(gold, markers, placed || graver, "no marker " + kind + " on " + turns);
        });
        markersPlaced += (int) brief.transcript().stream().filter(e -> e.marker() != null).count();
    }

    String table() {
        return String.format("%d calls%n", calls)
                + row("collected values: precision", valuePrecision)
                + row("collected values: recall", valueRecall)
                + row("evidence: precision", evidence)
                + row("reason by its gold turn", reason)
                + row("  always the caller's first turn", firstTurn)
                + row("caller's name", name)
                + row("promises told", promises)
                + row("refusals told", refusals)
                + row("what was tried told", tried)
                + row("failed tools told", failedTools)
                + row("flags: precision", flagPrecision)
                + row("flags: recall", flagRecall)
                + row("sentiment", sentiment)
                + row("markers on their turns", markers)
                + String.format("%-36s %d%n", "corrected or secret values shown", wrongShown)
                + String.format("%-36s %.1f%n", "values shown a call", (double) valuesShown / Math.max(1, calls))
                + String.format("%-36s %.1f%n", "markers a call", (double) markersPlaced / Math.max(1, calls));
    }

    private static String row(String what, Share share) {
        return String.format("%-36s %s%n", what, share);
    }
}
