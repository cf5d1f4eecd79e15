package dev.agentassist.brief.extractive;

/**
 * What makes a sentence one that a person would choose for a summary, with its weight in the log-odds. The weights were
 * fitted by logistic regression to the choices of people in the 441 dialogues of TweetSumm whose id ends in 0 to 7; the
 * others are kept for measuring.
 */
enum Trait {
    /** Always 1. */
    BIAS(-4.73),
    /** The logarithm of its words. */
    WORDS(3.52),
    /** How many words carry meaning, full at {@link SentenceTraits#FULL_LENGTH}. */
    CONTENT(1.24),
    /** How close its words are to those of the whole call. */
    CENTRAL(1.02),
    /** In the caller's first turn. */
    CALLERS_FIRST(1.45),
    /** In the caller's second turn. */
    CALLERS_SECOND(0.71),
    /** In the agent's first turn. */
    AGENTS_FIRST(0.63),
    AGENTS_SECOND(0.40),
    AGENTS_LAST(0.53),
    /** How far back it stands in its turn. */
    FAR_IN_TURN(-1.14),
    /** The first of its turn. */
    FIRST_OF_TURN(-0.44),
    /** In the caller's first turn, and long. */
    CALLERS_FIRST_LONG(1.62),
    /** The agent's, and long. */
    AGENTS_LONG(0.94),
    /** Takes up words of the caller's first turn. */
    TAKES_UP(0.39),
    AGENT_FORM(-1.33),
    CALLER_FORM(-0.56),
    CALLER_REASON(0.30),
    CALLER_REQUEST(0.21),
    CALLER_PROBLEM(0.05),
    CALLER_HUMAN(0.35),
    AGENT_PROMISE(0.20),
    AGENT_TRIED(0.42),
    AGENT_REFUSAL(-0.18),
    AGENT_ASKS_VALUE(0.38);

    private final double weight;

    Trait(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }
}
