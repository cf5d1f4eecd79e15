package dev.agentassist.brief.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A model's answers, built by hand. */
final class Answers {

    private Answers() {}

    static ObjectNode empty() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("reason").put("turn", 0).put("quote", "");
        answer.putArray("bullets");
        answer.putArray("values");
        answer.putArray("steps");
        answer.putArray("concerns");
        return answer;
    }

    static ObjectNode reason(ObjectNode answer, int turn, String quote) {
        answer.putObject("reason").put("turn", turn).put("quote", quote);
        return answer;
    }

    static ObjectNode bullet(ObjectNode answer, int turn, String quote) {
        answer.withArray("bullets").addObject().put("turn", turn).put("quote", quote);
        return answer;
    }

    static ObjectNode value(ObjectNode answer, int turn, String quote, String key, String value) {
        answer.withArray("values").addObject().put("turn", turn).put("quote", quote).put("key", key).put("value", value);
        return answer;
    }

    static ObjectNode step(ObjectNode answer, int turn, String quote) {
        answer.withArray("steps").addObject().put("turn", turn).put("quote", quote);
        return answer;
    }

    static ObjectNode concern(ObjectNode answer, int turn, String quote) {
        answer.withArray("concerns").addObject().put("turn", turn).put("quote", quote);
        return answer;
    }
}
