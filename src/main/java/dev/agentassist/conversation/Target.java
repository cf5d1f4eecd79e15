package dev.agentassist.conversation;

import dev.agentassist.problem.Failure;

/** What a user names on the command line: a caller, a LiveKit room, or a conversation. */
public sealed interface Target {

    /** A caller's number: the newest call with it. */
    record Caller(PhoneNumber number) implements Target {}

    /** A LiveKit room by name. */
    record Room(String name) implements Target {}

    /** A conversation by its id. */
    record ConversationId(String id) implements Target {}

    /**
     * {@code +…} or {@code tel:…} is a number, {@code room:NAME} a room, anything else an id.
     *
     * @param region the country of numbers without a country code, or null
     */
    static Target parse(String text, String region) {
        if (text.isBlank()) {
            throw Failure.badInput(
                    "The target is empty.", "Name a number (+14155550132), a room (room:NAME) or a conversation's id.");
        }
        if (text.startsWith("+") || text.regionMatches(true, 0, "tel:", 0, 4)) {
            return new Caller(PhoneNumber.parse(text, region));
        }
        if (text.startsWith("room:")) {
            String name = text.substring("room:".length());
            if (name.isBlank()) {
                throw Failure.badInput("“room:” names no room.", "Write room: and the room's name, as in room:call-42.");
            }
            return new Room(name);
        }
        return new ConversationId(text);
    }
}
