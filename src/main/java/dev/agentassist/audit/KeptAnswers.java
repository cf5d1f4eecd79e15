package dev.agentassist.audit;

import dev.agentassist.audit.policy.Rule;
import dev.agentassist.conversation.Conversation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a model only what the journal has no answer to, and keeps what it answers before anything is made of it. */
final class KeptAnswers implements Questions {

    private final Journal journal;
    private final Questions model;

    KeptAnswers(Journal journal, Questions model) {
        this.journal = journal;
        this.model = model;
    }

    @Override
    public Map<String, Answer> ask(Conversation conversation, List<Rule> rules) {
        var known = new HashMap<>(journal.answers(conversation.id()).orElse(Map.of()));
        List<Rule> open = rules.stream().filter(r -> !known.containsKey(r.id())).toList();
        if (!open.isEmpty()) {
            known.putAll(model.ask(conversation, open));
            journal.answered(conversation.id(), known);
        }
        return known;
    }
}
