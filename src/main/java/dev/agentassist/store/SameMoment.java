package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Conversations newest first, of which those of one moment come in any order, with these ordered by their ids, too. */
final class SameMoment implements Iterator<Conversation> {

    private final Iterator<Conversation> from;
    private final List<Conversation> group = new ArrayList<>();
    private Conversation ahead;
    private int at;

    SameMoment(Iterator<Conversation> from) {
        this.from = from;
    }

    @Override
    public boolean hasNext() {
        return at < group.size() || ahead != null || from.hasNext();
    }

    @Override
    public Conversation next() {
        if (at == group.size()) {
            fill();
        }
        return group.get(at++);
    }

    private void fill() {
        group.clear();
        at = 0;
        group.add(ahead == null ? from.next() : ahead);
        ahead = null;
        while (from.hasNext()) {
            Conversation next = from.next();
            if (!next.info().createdAt().equals(group.getFirst().info().createdAt())) {
                ahead = next;
                break;
            }
            group.add(next);
        }
        group.sort(Comparator.comparing(Conversation::id).reversed());
    }
}
