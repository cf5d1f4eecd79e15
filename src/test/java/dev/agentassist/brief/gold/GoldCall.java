package dev.agentassist.brief.gold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A call with what a person found in it, as {@code src/test/resources/gold/FORMAT.md} describes it. */
record GoldCall(
        String name,
        boolean nasty,
        Conversation conversation,
        Set<Integer> reason,
        Set<Integer> human,
        Named callerName,
        List<Value> values,
        List<String> wrong,
        List<Set<Integer>> promises,
        List<Set<Integer>> refusals,
        List<Set<Integer>> tried,
        List<String> failedTools,
        List<Flag> flags,
        Set<String> sentiment,
        Map<String, Set<Integer>> markers) {

    record Named(String name, Set<Integer> turns) {}

    /** @param optional right to show, but not missed */
    record Value(Set<String> keys, Set<String> values, Set<Integer> turns, boolean optional) {
        boolean is(String key, String value) {
            return keys.contains(key(key)) && values.contains(plain(value));
        }
    }

    record Flag(String type, Set<Integer> turns, boolean optional) {}

    static List<GoldCall> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(p -> p.toString().endsWith(".json")).sorted().toList();
        }
        var calls = new ArrayList<GoldCall>();
        for (Path file : files) {
            calls.add(of(file.getFileName().toString().replace(".json", ""), Json.MAPPER.readTree(file.toFile())));
        }
        return calls;
    }

    private static GoldCall of(String name, JsonNode json) {
        JsonNode gold = json.path("gold");
        JsonNode caller = gold.path("caller_name");
        var markers = new HashMap<String, Set<Integer>>();
        gold.path("markers").properties().forEach(e -> markers.put(e.getKey(), turns(e.getValue())));
        return new GoldCall(
                name,
                !json.path("nasty").isEmpty(),
                ConversationJson.read(json.path("call")),
                turns(gold.path("reason_turns")),
                turns(gold.path("human_turns")),
                caller.isObject() ? new Named(caller.path("name").asText(), turns(caller.path("turns"))) : null,
                list(gold.path("values")).stream().map(GoldCall::value).toList(),
                list(gold.path("wrong_values")).stream().map(n -> plain(n.isObject() ? n.path("value").asText() : n.asText())).toList(),
                list(gold.path("promises")).stream().map(n -> turns(n.path("turns"))).toList(),
                list(gold.path("refusals")).stream().map(n -> turns(n.path("turns"))).toList(),
                list(gold.path("tried")).stream().map(n -> turns(n.path("turns"))).toList(),
                list(gold.path("failed_tools")).stream().map(JsonNode::asText).toList(),
                list(gold.path("flags")).stream()
                        .map(n -> new Flag(n.path("type").asText(), turns(n.path("turns")), n.path("optional").asBoolean()))
                        .toList(),
                list(gold.path("sentiment")).stream().map(JsonNode::asText).collect(Collectors.toSet()),
                markers);
    }

    private static Value value(JsonNode json) {
        Stream<String> keys = Stream.concat(Stream.of(json.path("key").asText()), list(json.path("aliases")).stream().map(JsonNode::asText));
        Stream<String> values = Stream.concat(Stream.of(json.path("value").asText()), list(json.path("also")).stream().map(JsonNode::asText));
        return new Value(
                keys.map(GoldCall::key).collect(Collectors.toSet()),
                values.map(GoldCall::plain).collect(Collectors.toSet()),
                turns(json.path("turns")),
                json.path("optional").asBoolean());
    }

    private static List<JsonNode> list(JsonNode node) {
        var list = new ArrayList<JsonNode>();
        node.forEach(list::add);
        return list;
    }

    private static Set<Integer> turns(JsonNode node) {
        return list(node).stream().map(JsonNode::asInt).collect(Collectors.toSet());
    }

    /** A label as it compares: case, accents, a counter and the words that say “number” aside. */
    static String key(String label) {
        return Arrays.stream(Words.norms(label))
                .filter(w -> !Set.of("number", "no", "id", "code", "the", "of").contains(w) && !w.matches("\\d"))
                .collect(Collectors.joining(" "));
    }

    /** A value as it compares: letters and digits; of money no currency and no round cents. */
    static String plain(String value) {
        String text = value.strip();
        boolean money = text.matches("(?i).*([$€£¥]|\\b(dollars?|euros?|pounds?|usd|eur|gbp|bucks)\\b).*") || text.matches("[\\d.,]+");
        if (money) {
            text = text.replaceAll("(?i)\\b(dollars?|euros?|pounds?|usd|eur|gbp|bucks)\\b", "").replaceAll("[.,]00(?!\\d)", "");
        }
        String folded = Words.fold(text);
        var plain = new StringBuilder();
        folded.chars().filter(Character::isLetterOrDigit).forEach(c -> plain.append((char) c));
        return plain.toString();
    }
}
