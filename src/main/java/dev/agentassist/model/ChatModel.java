package dev.agentassist.model;

/** A language model that answers a question with one JSON object. */
public interface ChatModel {

    /** What to call it in {@code meta.model} and in messages. */
    String name();

    /**
     * Asks, within bounded time. Fails with {@code Unavailable} when the server cannot be reached, is too slow, refuses or
     * answers nothing that is JSON, with {@code NotAllowed} when it refuses the key, and with {@link ContextExceeded} when
     * the question is too long. No message holds a word of the question or of the answer.
     */
    Answer ask(Question question);
}
