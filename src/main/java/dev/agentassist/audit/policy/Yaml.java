package dev.agentassist.audit.policy;

import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML document read with the place of each thing, so that a mistake is named by file and line. */
final class Yaml {

    /** A policy is written by people: nothing of theirs is longer. */
    private static final int LONGEST = 2_000_000;

    private final String file;

    Yaml(String file) {
        this.file = file;
    }

    /** The document's root. */
    MappingNode root(String text) {
        var settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(LONGEST)
                .build();
        Node node;
        try {
            node = new Compose(settings).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
            throw Failure.badInput(
                    file + ", line " + line + ": this is no YAML (" + e.getProblem() + ").",
                    "Check the indentation, and put quotation marks around text with : or #.");
        } catch (YamlEngineException e) {
            throw Failure.badInput(file + " is no YAML that can be read.", "Write a policy as in assist audit --help.");
        }
        if (!(node instanceof MappingNode mapping)) {
            throw Failure.badInput(file + " holds no policy.", "Begin with version: 1, name: … and rules: …");
        }
        return mapping;
    }

    /** The keys of an object, each one of those that are known. */
    Map<String, Node> keys(MappingNode node, String what, Collection<String> known) {
        var keys = new LinkedHashMap<String, Node>();
        for (NodeTuple tuple : node.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!known.contains(key)) {
                throw bad(
                        tuple.getKeyNode(),
                        "“" + key + "” is no key of " + what,
                        Closest.to(key, known).map(c -> "Did you mean " + c + "? ").orElse("")
                                + "Use " + String.join(", ", known) + ".");
            }
            if (keys.put(key, tuple.getValueNode()) != null) {
                throw bad(tuple.getKeyNode(), key + " stands twice in " + what, "Leave one of them.");
            }
        }
        return keys;
    }

    MappingNode object(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw bad(node, what + " is no object", "Write keys and values below it, indented.");
    }

    String text(Node node, String what) {
        if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL) && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        throw bad(node, what + " is no text", "Write it in one line, in quotation marks.");
    }

    /** One text, or a list of them; never empty. */
    List<String> texts(Node node, String what) {
        return textNodes(node, what).stream().map(n -> text(n, what)).toList();
    }

    List<Node> textNodes(Node node, String what) {
        if (!(node instanceof SequenceNode list)) {
            text(node, what);
            return List.of(node);
        }
        if (list.getValue().isEmpty()) {
            throw bad(node, what + " is empty", "Give at least one.");
        }
        return List.copyOf(list.getValue());
    }

    List<Node> list(Node node, String what) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        throw bad(node, what + " is no list", "Begin each item with a hyphen.");
    }

    int number(Node node, String what, int least) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
        }
        throw bad(node, what + " is not a whole number from " + least + " up", "Write it in digits.");
    }

    boolean yes(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            switch (scalar.getValue().toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> {
                    return true;
                }
                case "false", "no" -> {
                    return false;
                }
                default -> {
                    // said below
                }
            }
        }
        throw bad(node, what + " is neither yes nor no", "Write yes or no.");
    }

    /** One of an enum's words, in lower case. */
    <E extends Enum<E>> E word(Node node, String what, Class<E> type) {
        String typed = text(node, what);
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(typed)) {
                return constant;
            }
            words.add(word);
        }
        throw noWord(node, what, typed, words);
    }

    Failure noWord(Node node, String what, String typed, List<String> words) {
        return bad(
                node,
                "“" + typed + "” is no " + what,
                Closest.to(typed, words).map(c -> "Did you mean " + c + "? ").orElse("") + "Use one of "
                        + String.join(", ", words) + ".");
    }

    /** {@code sentence} without its full stop. */
    Failure bad(Node node, String sentence, String hint) {
        return Failure.badInput(file + ", line " + line(node) + ": " + sentence + ".", hint);
    }

    static int line(Node node) {
        return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
    }
}
