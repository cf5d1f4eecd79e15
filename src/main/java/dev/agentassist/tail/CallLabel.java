package dev.agentassist.tail;

import java.util.Objects;

/**
 * Which call an event belongs to.
 *
 * @param room the LiveKit room
 * @param conversationId or null
 * @param index counts the calls that are followed, from 0: a colour each
 */
public record CallLabel(String room, String conversationId, int index) {

    // A record's own would be put together when first called, before the first line.
    @Override
    public boolean equals(Object other) {
        return other instanceof CallLabel label
                && index == label.index
                && room.equals(label.room)
                && Objects.equals(conversationId, label.conversationId);
    }

    @Override
    public int hashCode() {
        return 31 * room.hashCode() + index;
    }
}
