package dev.agentassist.brief.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of a call what must not be passed on: payment cards' numbers, security codes, passwords, one-time codes and
 * national ids, as written or as spoken (“double four, two”), also where one is spread over several turns. It looks at the
 * whole call, because what a number is stands in the question before it. Phone and account numbers stay.
 *
 * <p>It errs on the side of taking too much. Stateless; safe for any number of threads; linear in the call's length.
 */
public final class Redactor {

    private static final JsonRedactor JSON = new JsonRedactor(new Redactor());

    /** The transcript without secrets, in speech, in what tools were given and in what they returned. */
    public Redaction redact(Transcript transcript) {
        List<Turn> turns = transcript.turns();
        Map<Integer, List<Mark>> marks = find(turns);
        Set<Finding> findings = new LinkedHashSet<>();
        var items = new ArrayList<Transcript.Item>();
        int spoken = 0;
        for (Transcript.Item item : transcript.items()) {
            // No pattern switch on the way of a first brief: its bootstrap makes classes at every start.
            if (item instanceof Transcript.Spoken s) {
                List<Mark> here = marks.getOrDefault(spoken++, List.of());
                here.forEach(m -> findings.add(new Finding(m.secret(), s.turn().number())));
                Turn t = s.turn();
                items.add(here.isEmpty()
                        ? s
                        : new Transcript.Spoken(new Turn(t.number(), t.speaker(), Mark.replace(t.text(), here), t.timestamp(), t.interrupted())));
            } else if (item instanceof Transcript.ToolCall c) {
                items.add(new Transcript.ToolCall(c.callId(), c.name(), JSON.text(c.arguments(), findings), c.afterTurn(), c.at()));
            } else if (item instanceof Transcript.ToolResult r) {
                items.add(new Transcript.ToolResult(r.callId(), r.name(), JSON.text(r.output(), findings), r.error(), r.afterTurn(), r.at()));
            } else {
                items.add(item);
            }
        }
        return new Redaction(new Transcript(items, transcript.warnings()), List.copyOf(findings));
    }

    /** Turns without secrets, the same number of them in the same order. */
    public List<Turn> redact(List<Turn> turns) {
        Map<Integer, List<Mark>> marks = find(turns);
        var redacted = new ArrayList<Turn>(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            Turn t = turns.get(i);
            redacted.add(new Turn(t.number(), t.speaker(), Mark.replace(t.text(), marks.getOrDefault(i, List.of())), t.timestamp(), t.interrupted()));
        }
        return List.copyOf(redacted);
    }

    /** A text on its own. */
    public String redact(String text) {
        return Mark.replace(text, find(List.of(new Turn(1, Turn.Speaker.CALLER, text, null, false))).getOrDefault(0, List.of()));
    }

    /** JSON of a call's record; what a field is called counts too. Null stays null. */
    public JsonNode redact(JsonNode node) {
        return node == null ? null : JSON.node(node, "", new LinkedHashSet<>());
    }

    /** By a turn's place in the list, from 0. */
    private static Map<Integer, List<Mark>> find(List<Turn> turns) {
        var heard = new ArrayList<Heard>(turns.size());
        for (int i = 0; i < turns.size(); i++) {
            heard.add(Heard.of(i, turns.get(i)));
        }
        List<Mark> cards = new CardFinder(heard).find();
        var all = new ArrayList<>(cards);
        all.addAll(new CodeFinder(heard).find(cards));
        all.addAll(NationalIds.find(heard));
        all.addAll(PasswordFinder.find(heard));
        Map<Integer, List<Mark>> byTurn = new HashMap<>();
        for (Mark mark : all) {
            if (redacted(turns.get(mark.turn()).text(), mark)) {
                continue;
            }
            byTurn.computeIfAbsent(mark.turn(), t -> new ArrayList<>()).add(mark);
        }
        return byTurn;
    }

    /** Whether a mark lies in what was put in place of a secret before. */
    private static boolean redacted(String text, Mark mark) {
        int open = text.lastIndexOf("[redacted: ", mark.start());
        int next = text.indexOf("[redacted: ", mark.start());
        return open >= 0 && text.indexOf(']', open) >= mark.start() || next >= 0 && next < mark.end();
    }
}
