package dev.agentassist.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the rules look at in one call, each thing worked out when the first rule asks for it. Not for several threads. */
final class CallFacts {

    /**
     * When a turn was spoken, from LiveKit Agents' message metrics, in epoch seconds; null where the record has it not.
     *
     * @param latency from the end of the caller's turn to the beginning of this one, in seconds
     */
    record Timing(int turn, Double started, Double stopped, Double latency) {}

    private final Conversation conversation;
    private final Function<Conversation, Brief> briefs;
    private Transcript transcript;
    private List<Turn> turns;
    private String[][] norms;
    private List<ToolUse> tools;
    private List<Timing> timings;
    private Brief brief;

    CallFacts(Conversation conversation, Function<Conversation, Brief> briefs) {
        this.conversation = conversation;
        this.briefs = briefs;
    }

    ConversationInfo info() {
        return conversation.info();
    }

    Transcript transcript() {
        if (transcript == null) {
            transcript = Transcript.read(conversation.transcript());
        }
        return transcript;
    }

    List<Turn> turns() {
        if (turns == null) {
            turns = transcript().turns();
            norms = new String[turns.size()][];
        }
        return turns;
    }

    /** A turn's words as they compare. */
    String[] norms(Turn turn) {
        int at = turn.number() - 1;
        if (norms[at] == null) {
            norms[at] = Words.norms(turn.text());
        }
        return norms[at];
    }

    List<ToolUse> tools() {
        if (tools == null) {
            tools = ToolUse.in(transcript());
        }
        return tools;
    }

    Brief brief() {
        if (brief == null) {
            brief = briefs.apply(conversation);
        }
        return brief;
    }

    /** One for each spoken turn whose message carries metrics. */
    List<Timing> timings() {
        if (timings == null) {
            timings = new ArrayList<>();
            JsonNode record = conversation.transcript();
            JsonNode items = record == null || record.isArray() ? record : record.path("items");
            int turn = 0;
            for (JsonNode item : items == null ? List.<JsonNode>of() : items) {
                // Counted as the transcript's reader counts: whatever it makes a turn of, one at a time.
                if (!Transcript.read(item.isObject() ? com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode().add(item) : null).turns().isEmpty()) {
                    turn++;
                    add(turn, item.path("metrics"));
                }
            }
        }
        return timings;
    }

    private void add(int turn, JsonNode metrics) {
        Double started = number(metrics, "started_speaking_at");
        Double stopped = number(metrics, "stopped_speaking_at");
        Double latency = number(metrics, "e2e_latency");
        if (started != null || stopped != null || latency != null) {
            timings.add(new Timing(turn, started, stopped, latency));
        }
    }

    private static Double number(JsonNode node, String key) {
        return node.path(key).isNumber() ? node.path(key).asDouble() : null;
    }
}
