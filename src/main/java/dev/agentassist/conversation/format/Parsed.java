package dev.agentassist.conversation.format;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.problem.Problem;

/** One record of a file: a conversation, or why it is none. */
public sealed interface Parsed {

    /** Where it stands, after the file's name: {@code line 17}, {@code index 3}; empty for a file with one record. */
    String place();

    record Read(String place, Conversation conversation) implements Parsed {}

    /** The records after it can still be read. */
    record Bad(String place, Problem.BadInput problem) implements Parsed {

        /** What is wrong, after the name of the file and the place in it. */
        public String sentence(String source) {
            return source + (place.isEmpty() ? "" : ", " + place) + ": " + problem.detail();
        }
    }
}
