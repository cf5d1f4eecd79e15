package dev.agentassist.brief.extractive;

/**
 * What makes a turn one that says by itself why the call needs a human, with its weight in the log-odds among the turns of
 * its call. The weights were fitted by the test class {@code ReasonTraining} to the 122 gold calls with a reason in
 * {@code dev} and {@code opened}; traits whose weights stayed under 0.05 were left out.
 */
enum ReasonTrait {
    /** The caller’s first turn that says anything. */
    FIRST(0.32),
    SECOND(0.15),
    /** How many turns the caller had before, as a logarithm. */
    LATE(-0.16),
    /** How many words carry meaning, full at a dozen. */
    CONTENT(0.66),
    /** The same, full at three dozen. */
    MUCH(0.30),
    /** Fewer than three words carry meaning. */
    SHORT(-0.32),
    /** The agent had offered help, or asked what the matter is. */
    AFTER_OFFER(0.23),
    /** The agent had asked for a name or number. */
    AFTER_IDENTIFYING(-0.33),
    /** The agent had asked something else. */
    AFTER_QUESTION(-0.13),
    /** The agent goes on to ask for a name or number. */
    BEFORE_IDENTIFYING(0.44),
    /** The same, and for the first time. */
    BEFORE_FIRST_IDENTIFYING(0.19),
    /** The agent goes on to ask something else. */
    BEFORE_QUESTION(0.58),
    /** The agent is sorry about it. */
    BEFORE_SORRY(0.44),
    /** The agent answers with what it may not do, and who may. */
    BEFORE_LIMIT(0.10),
    /** The agent answers with what cannot be done. */
    BEFORE_REFUSAL(0.18),
    /** The agent had asked for a name or number by then. */
    IDENTIFIED(-0.24),
    /** The caller’s first turn of some length that is no answer to such a question. */
    FIRST_TELLING(0.27),
    /** The caller’s first turn with a word for a problem. */
    FIRST_PROBLEM(0.24),
    PROBLEM(0.43),
    REASON(0.26),
    REQUEST(0.46),
    HUMAN(-0.27),
    KEY(0.28),
    TRIED(-0.14),
    CORRECTION(0.15),
    ANNOYED(0.29),
    COURTESY(-0.20),
    /** Something is not, or nobody does it. */
    NEGATION(0.23),
    /** “My”, “our”. */
    OWN_THING(0.56),
    QUESTION(0.15),
    /** How much of it is numbers or spelled letters. */
    DIGITS(-0.30),
    /** How close its words are to those of the whole call. */
    CENTRAL(0.20),
    /** Not the caller’s first turn in a call that the agent made. */
    OUTBOUND(0.07),
    /** The agent’s. */
    AGENT(-0.29),
    /** Before the caller said anything. */
    AGENT_GREETS(-0.26),
    /** Where in the call, 0 to 1. */
    AGENT_LATE(-0.13),
    /** How many words carry meaning, full at a dozen. */
    AGENT_CONTENT(0.87),
    /** Names somebody who may do it. */
    AGENT_OWNER(0.57),
    /** “From here”, “myself”, “has to be”. */
    AGENT_LIMIT(0.42),
    /** Somebody else has to. */
    AGENT_OWNER_LIMIT(0.34),
    AGENT_FIRST_REFUSAL(0.36),
    /** The first with both. */
    AGENT_FIRST_LIMIT(0.18),
    AGENT_LAST_LIMIT(0.24),
    AGENT_PROMISE(-0.38),
    AGENT_HANDOVER(-0.14),
    AGENT_ASKS(-0.63),
    /** Asks for a name or number. */
    AGENT_IDENTIFIES(-0.12),
    AGENT_RESOLVED(-0.14),
    AGENT_SORRY(-0.10),
    AGENT_PROBLEM(0.65),
    AGENT_DIGITS(-0.13),
    AGENT_CENTRAL(-0.09),
    /** Says why it calls. */
    AGENT_CALLS(0.18);

    private final double weight;

    ReasonTrait(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    /** Whether it is one of the caller’s turns; the others are of the agent’s. */
    boolean callers() {
        return compareTo(AGENT) < 0;
    }
}
