package dev.agentassist.brief.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.model.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Chooses among what was found in the parts of a long call. The sentences that were chosen for each part are laid before
 * the model again, in groups that fit, until few enough are left; where its choice is of no use, they are taken evenly
 * from the whole call.
 */
final class Choice {

    /** A candidate as the model sees it is at most so many tokens. */
    private static final int CANDIDATE_TOKENS = 70;

    private static final int LONGEST = 150;

    private final CallMaterial call;
    private final int group;
    private final Function<Question, ObjectNode> ask;

    /**
     * @param room for the candidates, in tokens
     * @param ask puts a question; null when it fails
     */
    Choice(CallMaterial call, int room, Function<Question, ObjectNode> ask) {
        this.call = call;
        this.group = Math.max(2 * Prompt.MOST_BULLETS, room / CANDIDATE_TOKENS);
        this.ask = ask;
    }

    /** How many questions it takes at the most for so many candidates. */
    static int questions(int candidates, int room) {
        int group = Math.max(2 * Prompt.MOST_BULLETS, room / CANDIDATE_TOKENS);
        int questions = 0;
        int left = candidates;
        do {
            int groups = (left + group - 1) / group;
            questions += groups;
            left = groups == 1 ? 0 : Math.min(left, groups * (Prompt.MOST_BULLETS + Prompt.MOST_STEPS + 1));
        } while (left > 0);
        return questions;
    }

    /** Changes what is held to the choice. */
    void among(Grounding.Held held) {
        List<Passage> candidates = candidates(held);
        while (candidates.size() > group) {
            var next = new ArrayList<Passage>();
            for (int from = 0; from < candidates.size(); from += group) {
                List<Passage> some = candidates.subList(from, Math.min(candidates.size(), from + group));
                JsonNode answer = answer(some);
                next.addAll(chosen(answer, "bullets", some, Prompt.MOST_BULLETS));
                add(next, chosen(answer, "steps", some, Prompt.MOST_STEPS));
                add(next, chosen(answer, "reason", some, 1));
            }
            if (next.size() >= candidates.size()) {
                next = new ArrayList<>(spread(candidates, group));
            }
            candidates = next;
        }
        JsonNode answer = answer(candidates);
        List<Passage> bullets = chosen(answer, "bullets", candidates, Prompt.MOST_BULLETS);
        List<Passage> steps = chosen(answer, "steps", held.steps(), candidates);
        held.bullets().clear();
        held.bullets().addAll(bullets.isEmpty() ? spread(candidates, Prompt.MOST_BULLETS) : bullets);
        List<Passage> last = List.copyOf(held.steps().subList(Math.max(0, held.steps().size() - Prompt.MOST_STEPS), held.steps().size()));
        held.steps().clear();
        held.steps().addAll(steps.isEmpty() ? last : steps);
    }

    private static List<Passage> candidates(Grounding.Held held) {
        var all = new ArrayList<>(held.bullets());
        add(all, held.steps());
        held.reason().ifPresent(r -> add(all, List.of(r)));
        all.sort((a, b) -> Integer.compare(a.turn(), b.turn()));
        return all;
    }

    private static void add(List<Passage> to, List<Passage> more) {
        for (Passage passage : more) {
            if (to.stream().noneMatch(passage::overlaps)) {
                to.add(passage);
            }
        }
    }

    private JsonNode answer(List<Passage> candidates) {
        var lines = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            Passage passage = candidates.get(i);
            String text = passage.text(call);
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", i + 1).put("turn", passage.turn());
            line.put(passage.caller() ? "caller" : "agent", text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
            lines.append(line).append('\n');
        }
        ObjectNode answer = ask.apply(Prompt.choice(lines.toString(), candidates.size()));
        return answer == null ? JsonNodeFactory.instance.objectNode() : answer;
    }

    private static List<Passage> chosen(JsonNode answer, String field, List<Passage> among, int most) {
        var chosen = new ArrayList<Passage>();
        Iterable<JsonNode> ids = answer.path(field).isArray() ? answer.path(field) : List.of(answer.path(field));
        for (JsonNode id : ids) {
            boolean known = id.isInt() && id.intValue() >= 1 && id.intValue() <= among.size();
            if (known && chosen.size() < most) {
                add(chosen, List.of(among.get(id.intValue() - 1)));
            }
        }
        return chosen;
    }

    /** Only what was found fit for a step can be one. */
    private static List<Passage> chosen(JsonNode answer, String field, List<Passage> fit, List<Passage> among) {
        return chosen(answer, field, among, Prompt.MOST_STEPS).stream().filter(p -> fit.stream().anyMatch(p::overlaps)).toList();
    }

    /** So many, evenly from the beginning to the end. */
    private static List<Passage> spread(List<Passage> all, int count) {
        if (all.size() <= count) {
            return List.copyOf(all);
        }
        var spread = new ArrayList<Passage>();
        for (int i = 0; i < count; i++) {
            spread.add(all.get((int) Math.round((double) i * (all.size() - 1) / (count - 1))));
        }
        return spread;
    }
}
