package dev.agentassist.audit.policy;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.text.WordPattern;
import dev.agentassist.config.Durations;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.conversation.Turn;
import dev.agentassist.digest.Sha256;
import dev.agentassist.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a policy and refuses what is wrong in it before anything runs: a sentence with file, line and mend. The same shape
 * is published as a JSON Schema for editors, {@code policy.schema.json}.
 */
public final class PolicyReader {

    private static final List<String> ROOT = List.of("version", "name", "rules", "accept");
    private static final List<String> EXPECTATIONS =
            List.of("must_say", "must_not_say", "must_collect", "must_call", "limits", "sentiment", "no_flags", "ask");
    private static final List<String> WORDING = List.of("by", "any_of", "within");

    private final Yaml yaml;
    private final String text;

    private PolicyReader(String file, String text) {
        this.yaml = new Yaml(file);
        this.text = text;
    }

    /**
     * @param file what to call it in a message
     * @param text the policy, in YAML (or JSON, which is YAML)
     */
    public static Policy read(String file, String text) {
        return new PolicyReader(file, text).policy();
    }

    private Policy policy() {
        MappingNode root = yaml.root(text);
        Map<String, Node> keys = yaml.keys(root, "a policy", ROOT);
        Node version = required(keys, "version", root, "the policy", "Begin with version: 1.");
        if (yaml.number(version, "version", 1) != 1) {
            throw yaml.bad(version, "this version of a policy is not known", "Write version: 1, or use a newer assist.");
        }
        String name = yaml.text(required(keys, "name", root, "the policy", "Write name: and what to call it."), "name");
        var rules = new ArrayList<Rule>();
        Map<String, Integer> lines = new HashMap<>();
        for (Node node : yaml.list(required(keys, "rules", root, "the policy", "Write rules: and a list of them."), "rules")) {
            Rule rule = rule(yaml.object(node, "a rule"));
            Integer before = lines.put(rule.id(), rule.line());
            if (before != null) {
                throw yaml.bad(node, "the rule id “" + rule.id() + "” is taken by line " + before, "Give each rule an id of its own.");
            }
            rules.add(rule);
        }
        if (rules.isEmpty()) {
            throw yaml.bad(keys.get("rules"), "there is no rule", "Give at least one.");
        }
        return new Policy(name, rules, keys.containsKey("accept") ? accepted(keys.get("accept")) : List.of(), sha256(text));
    }

    private Rule rule(MappingNode node) {
        var known = new ArrayList<>(List.of("id", "title", "severity", "when"));
        known.addAll(EXPECTATIONS);
        Map<String, Node> keys = yaml.keys(node, "a rule", known);
        Node idNode = required(keys, "id", node, "a rule", "Write id: and a word with hyphens.");
        String id = yaml.text(idNode, "id");
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw yaml.bad(idNode, "“" + id + "” is no id", "Write lower-case letters, digits and hyphens, as in says-it-is-recorded.");
        }
        List<String> said = EXPECTATIONS.stream().filter(keys::containsKey).toList();
        if (said.size() != 1) {
            throw yaml.bad(
                    node,
                    "the rule “" + id + "” says " + (said.isEmpty() ? "nothing that it expects" : String.join(" and ", said)),
                    "Give each rule exactly one of " + String.join(", ", EXPECTATIONS) + ".");
        }
        return new Rule(
                id,
                keys.containsKey("title") ? yaml.text(keys.get("title"), "title") : null,
                keys.containsKey("severity")
                        ? yaml.word(keys.get("severity"), "severity", Brief.Severity.class)
                        : Brief.Severity.MEDIUM,
                keys.containsKey("when") ? condition(keys.get("when")) : Condition.ALWAYS,
                expectation(said.getFirst(), keys.get(said.getFirst())),
                Yaml.line(node));
    }

    private Condition condition(Node node) {
        Map<String, Node> keys = yaml.keys(
                yaml.object(node, "when"), "when", List.of("direction", "channel", "status", "agent", "min_turns", "said"));
        return new Condition(
                words(keys.get("direction"), "direction", (n, w) -> yaml.word(n, w, Direction.class)),
                words(keys.get("channel"), "channel", (n, w) -> yaml.word(n, w, Channel.class)),
                words(keys.get("status"), "status", (n, w) -> yaml.word(n, w, Status.class)),
                words(keys.get("agent"), "agent", yaml::text),
                keys.containsKey("min_turns") ? yaml.number(keys.get("min_turns"), "min_turns", 1) : 0,
                keys.containsKey("said") ? wording(keys.get("said"), "said") : null);
    }

    private <T> Set<T> words(Node node, String what, BiFunction<Node, String, T> read) {
        var words = new LinkedHashSet<T>();
        if (node != null) {
            yaml.textNodes(node, what).forEach(n -> words.add(read.apply(n, what)));
        }
        return words;
    }

    private Expectation expectation(String key, Node node) {
        return switch (key) {
            case "must_say" -> new Expectation.MustSay(wording(node, key));
            case "must_not_say" -> new Expectation.MustNotSay(wording(node, key));
            case "must_collect" -> new Expectation.MustCollect(yaml.texts(node, key));
            case "must_call" -> mustCall(node);
            case "limits" -> limits(node);
            case "sentiment" -> sentiment(node);
            case "no_flags" -> noFlags(node);
            default -> ask(node);
        };
    }

    private Wording wording(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            return new Wording(byDefault(what), patterns(node, what), Wording.Within.CALL);
        }
        Map<String, Node> keys = yaml.keys(mapping, what, WORDING);
        Node phrases = required(keys, "any_of", node, what, "Write any_of: and the wordings to listen for.");
        return new Wording(
                keys.containsKey("by") ? speaker(keys.get("by")) : byDefault(what),
                patterns(phrases, "any_of"),
                keys.containsKey("within") ? within(keys.get("within")) : Wording.Within.CALL);
    }

    /** The agent is who is audited; what makes a rule apply is what the caller says. */
    private static Turn.Speaker byDefault(String what) {
        return what.equals("said") ? Turn.Speaker.CALLER : Turn.Speaker.AGENT;
    }

    private Turn.Speaker speaker(Node node) {
        String word = yaml.text(node, "by");
        return switch (word) {
            case "agent" -> Turn.Speaker.AGENT;
            case "caller" -> Turn.Speaker.CALLER;
            case "anybody" -> null;
            default -> throw yaml.noWord(node, "speaker", word, List.of("agent", "caller", "anybody"));
        };
    }

    private List<WordPattern> patterns(Node node, String what) {
        var patterns = new ArrayList<WordPattern>();
        for (Node each : yaml.textNodes(node, what)) {
            try {
                patterns.add(WordPattern.of(yaml.text(each, what)));
            } catch (IllegalArgumentException e) {
                throw yaml.bad(
                        each,
                        e.getMessage().replaceAll("\\.$", ""),
                        "Write words; a|b is one of these, word? may be missing, _ is any word, * up to three.");
            }
        }
        return patterns;
    }

    private Wording.Within within(Node node) {
        Map<String, Node> keys = yaml.keys(yaml.object(node, "within"), "within", List.of("turns", "time"));
        if (keys.isEmpty()) {
            throw yaml.bad(node, "within is empty", "Write turns: 3, or time: 30s.");
        }
        return new Wording.Within(
                keys.containsKey("turns") ? yaml.number(keys.get("turns"), "turns", 1) : 0,
                keys.containsKey("time") ? Math.max(1, duration(keys.get("time"), "time").toSeconds()) : 0);
    }

    private Expectation.MustCall mustCall(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return new Expectation.MustCall(yaml.texts(node, "must_call"), true);
        }
        Map<String, Node> keys = yaml.keys(mapping, "must_call", List.of("any_of", "succeeded"));
        return new Expectation.MustCall(
                yaml.texts(required(keys, "any_of", node, "must_call", "Write any_of: and the tools' names."), "any_of"),
                !keys.containsKey("succeeded") || yaml.yes(keys.get("succeeded"), "succeeded"));
    }

    private Expectation.Limits limits(Node node) {
        Map<String, Node> keys = yaml.keys(
                yaml.object(node, "limits"),
                "limits",
                List.of("duration", "silence", "interruptions", "agent_latency", "failed_tools"));
        if (keys.isEmpty()) {
            throw yaml.bad(node, "limits is empty", "Write duration: 10m, or another limit.");
        }
        return new Expectation.Limits(
                optional(keys.get("duration"), n -> duration(n, "duration")),
                optional(keys.get("silence"), n -> duration(n, "silence")),
                optional(keys.get("interruptions"), n -> yaml.number(n, "interruptions", 0)),
                optional(keys.get("agent_latency"), n -> duration(n, "agent_latency")),
                optional(keys.get("failed_tools"), n -> yaml.number(n, "failed_tools", 0)));
    }

    private static <T> T optional(Node node, java.util.function.Function<Node, T> read) {
        return node == null ? null : read.apply(node);
    }

    private Duration duration(Node node, String what) {
        String typed = yaml.text(node, what);
        try {
            return Durations.parse(typed, what);
        } catch (Failure e) {
            throw yaml.bad(node, "“" + typed + "” is not a duration for " + what, e.problem().hint());
        }
    }

    private Expectation.Sentiment sentiment(Node node) {
        Map<String, Node> keys = yaml.keys(yaml.object(node, "sentiment"), "sentiment", List.of("at_most"));
        Node level = required(keys, "at_most", node, "sentiment", "Write at_most: calm, or at_most: slightly_frustrated.");
        return new Expectation.Sentiment(yaml.word(level, "level of sentiment", Brief.Sentiment.Level.class));
    }

    private Expectation.NoFlags noFlags(Node node) {
        Map<String, Node> keys = yaml.keys(yaml.object(node, "no_flags"), "no_flags", List.of("types", "from"));
        return new Expectation.NoFlags(
                keys.containsKey("types") ? Set.copyOf(yaml.texts(keys.get("types"), "types")) : Set.of(),
                keys.containsKey("from")
                        ? yaml.word(keys.get("from"), "severity", Brief.Severity.class)
                        : Brief.Severity.LOW);
    }

    private Expectation.Ask ask(Node node) {
        Map<String, Node> keys = yaml.keys(yaml.object(node, "ask"), "ask", List.of("question", "expect"));
        return new Expectation.Ask(
                yaml.text(required(keys, "question", node, "ask", "Write question: and a question that yes or no answers."), "question"),
                !keys.containsKey("expect") || yaml.yes(keys.get("expect"), "expect"));
    }

    private List<Acceptance> accepted(Node node) {
        var accepted = new ArrayList<Acceptance>();
        var seen = new HashSet<String>();
        for (Node each : yaml.list(node, "accept")) {
            Map<String, Node> keys =
                    yaml.keys(yaml.object(each, "an accepted finding"), "an accepted finding", List.of("fingerprint", "reason", "until"));
            Node print = required(keys, "fingerprint", each, "an accepted finding", "Copy it from the audit's output.");
            String fingerprint = yaml.text(print, "fingerprint");
            if (!fingerprint.matches("[0-9a-f]{16}")) {
                throw yaml.bad(print, "“" + fingerprint + "” is no finding's fingerprint", "Copy the 16 characters from the audit's output, in quotation marks.");
            }
            if (!seen.add(fingerprint)) {
                throw yaml.bad(print, "the finding " + fingerprint + " is accepted twice", "Leave one of them.");
            }
            accepted.add(new Acceptance(
                    fingerprint,
                    yaml.text(required(keys, "reason", each, "an accepted finding", "Say why it is let pass."), "reason"),
                    date(required(keys, "until", each, "an accepted finding", "Write the last day, as until: 2026-12-31."))));
        }
        return accepted;
    }

    private LocalDate date(Node node) {
        String typed = yaml.text(node, "until");
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException e) {
            throw yaml.bad(node, "“" + typed + "” is no date", "Write it as 2026-12-31.");
        }
    }

    private Node required(Map<String, Node> keys, String key, Node place, String what, String hint) {
        Node node = keys.get(key);
        if (node == null) {
            throw yaml.bad(place, what + " has no " + key, hint);
        }
        return node;
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
