package dev.agentassist.brief.extractive;

/** What a phrase says about the sentence it stands in. The phrases are in {@code cues.LANGUAGE.txt}. */
enum Cue {
    /** Hello, goodbye, thanks: nothing that a brief needs. */
    COURTESY,
    /** The agent offers help or asks whether there is more: a form, not content. */
    FORM,
    /** The wrong number was dialled, or nobody hears anybody. */
    MISDIAL,
    /** “I am calling about …” */
    REASON,
    /** “I want to …”, “can you …” */
    REQUEST,
    /** Something does not work, is late, wrong, lost. */
    PROBLEM,
    /** The caller asks for a human. */
    HUMAN,
    /** The agent hands over to a human. */
    HANDOVER,
    /** The agent refuses to hand over, or cannot. */
    NO_HUMAN,
    /** The agent sends for help, as one does where somebody is in danger. */
    DANGER,
    /** The agent asks what the matter is. */
    TELL,
    /** Mild annoyance. */
    ANNOYED,
    /** Plain anger. */
    ANGRY,
    /** Somebody says what they will do. */
    PROMISE,
    /** The agent says what cannot be done. */
    REFUSAL,
    /** The agent offers help, or asks to be told. */
    OFFER,
    /** The agent is sorry, or takes the matter up. */
    SORRY,
    /** A person or a part of the company that may do what the agent may not. */
    OWNER,
    /** What lies beyond the agent: “from here”, “myself”, “has to be”. */
    LIMIT,
    /** The agent hears nobody, or makes nothing of what it hears. */
    UNHEARD,
    /** What was already tried. */
    TRIED,
    /** Something was settled. */
    RESOLVED,
    /** “No, wait”, “I mean”. */
    CORRECTION,
    /** Yes. */
    YES,
    /** No. */
    NO,
    /** “The other one”, “a second”: a further value, not a corrected one. */
    ANOTHER,
    /** Asks for, or gives, a name: a label of the value “Caller name”. */
    NAME,
    /** A label of a value: “order number”. */
    KEY,
    /** A compliance concern. */
    FLAG
}
