package dev.agentassist.brief.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentassist.brief.text.Sentences;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.json.JsonTree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps instructions to a machine from the engines that write a brief: in speech sentence by sentence, also where one is
 * split over turns, and in what tools were given and returned. Blanks stand in their place, so that all other words stay
 * where they are. The brief's transcript shows everything as it was said.
 */
public final class InstructionScreen {

    /** Over so many sentences of one speaker an instruction may be spread. */
    private static final int SPREAD = 3;

    private static final int DEEPEST = 20;

    private InstructionScreen() {}

    /**
     * A transcript without instructions.
     *
     * @param turns in which somebody tried
     * @param tools whether a tool's words did
     */
    public record Screened(Transcript transcript, List<Integer> turns, boolean tools) {

        /** Whether it was tried at all. */
        public boolean tried() {
            return tools || !turns.isEmpty();
        }
    }

    /** A sentence's place, and its words as they sound. */
    private record Place(int item, int start, int end, String text, String plain) {}

    public static Screened of(Transcript transcript) {
        List<Transcript.Item> items = new ArrayList<>(transcript.items());
        var marked = new ArrayList<Place>();
        Map<Turn.Speaker, List<Place>> before = new EnumMap<>(Turn.Speaker.class);
        boolean tools = false;
        for (int i = 0; i < items.size(); i++) {
            Transcript.Item item = items.get(i);
            // No pattern switch on the way of a first brief: its bootstrap makes classes at every start.
            if (item instanceof Transcript.Spoken s) {
                speech(i, s.turn(), before.computeIfAbsent(s.turn().speaker(), k -> new ArrayList<>()), marked);
            } else if (item instanceof Transcript.ToolCall c) {
                String arguments = tool(c.arguments());
                String name = InstructionSigns.in(c.name()) ? "tool" : c.name();
                tools |= arguments != c.arguments() || name != c.name();
                items.set(i, new Transcript.ToolCall(c.callId(), name, arguments, c.afterTurn(), c.at()));
            } else if (item instanceof Transcript.ToolResult r) {
                String output = tool(r.output());
                String name = InstructionSigns.in(r.name()) ? "tool" : r.name();
                tools |= output != r.output() || name != r.name();
                items.set(i, new Transcript.ToolResult(r.callId(), name, output, r.error(), r.afterTurn(), r.at()));
            }
        }
        Set<Integer> turns = new TreeSet<>();
        for (Place place : marked) {
            Turn turn = ((Transcript.Spoken) items.get(place.item())).turn();
            turns.add(turn.number());
            items.set(place.item(), new Transcript.Spoken(new Turn(
                    turn.number(), turn.speaker(), blanked(turn.text(), place), turn.timestamp(), turn.interrupted())));
        }
        return turns.isEmpty() && !tools
                ? new Screened(transcript, List.of(), false)
                : new Screened(new Transcript(items, transcript.warnings()), List.copyOf(turns), tools);
    }

    private static void speech(int item, Turn turn, List<Place> before, List<Place> marked) {
        List<InstructionSigns.Region> marks = InstructionSigns.marks(turn.text());
        boolean instructed = false;
        for (Sentences.Span span : Sentences.of(turn.text())) {
            String sentence = span.of(turn.text());
            var place = new Place(item, span.start(), span.end(), sentence, Unmasked.plain(sentence));
            boolean unspoken = marks.stream().anyMatch(m -> m.overlaps(span.start(), span.end()));
            instructed = instructed || InstructionSigns.in(place.text(), place.plain());
            if (unspoken || instructed) {
                // What follows in the same breath is what the machine was to do.
                marked.add(place);
                before.add(place);
                continue;
            }
            before.add(place);
            if (before.size() > SPREAD) {
                before.removeFirst();
            }
            for (int from = before.size() - 2; from >= 0; from--) {
                if (InstructionSigns.across(plain(before.subList(from, before.size() - 1)), place.plain())) {
                    marked.addAll(before.subList(from, before.size()));
                    instructed = true;
                    break;
                }
            }
        }
    }

    private static String plain(List<Place> places) {
        var joined = new StringBuilder();
        for (Place place : places) {
            if (!joined.isEmpty() && !place.plain().isEmpty()) {
                joined.append(' ');
            }
            joined.append(place.plain());
        }
        return joined.toString();
    }

    private static String blanked(String text, Place place) {
        return text.substring(0, place.start()) + " ".repeat(place.end() - place.start()) + text.substring(place.end());
    }

    /** A tool's JSON without the texts that instruct, other text not at all when it does; the same object when clean. */
    private static String tool(String text) {
        if (text == null || text.isBlank()) {
            return text;
        }
        char first = text.strip().charAt(0);
        if (first == '{' || first == '[') {
            try {
                JsonNode json = JsonTree.read(text);
                JsonNode clean = clean(json, 0);
                return clean.equals(json) ? text : JsonTree.write(clean);
            } catch (JsonProcessingException e) {
                // Not JSON after all.
            }
        }
        return InstructionSigns.in(text) ? " " : text;
    }

    private static JsonNode clean(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            return TextNode.valueOf("");
        }
        if (node.isTextual()) {
            return InstructionSigns.in(node.asText()) ? TextNode.valueOf("") : node;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(e -> {
                if (!InstructionSigns.in(e.getKey()) && !answer(e.getValue())) {
                    copy.set(e.getKey(), clean(e.getValue(), depth + 1));
                }
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(e -> {
                if (!answer(e)) {
                    copy.add(clean(e, depth + 1));
                }
            });
            return copy;
        }
        return node;
    }

    /** A tool that answers in the shape in which a model is asked to. */
    private static boolean answer(JsonNode node) {
        return node.has("turn") && node.has("quote") || node.has("action") && node.has("confidence");
    }

    /** Whether a text of the call's record, as a name, is addressed to a machine. */
    public static boolean instructs(String text) {
        return InstructionSigns.in(text);
    }
}
