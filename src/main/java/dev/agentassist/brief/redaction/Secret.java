package dev.agentassist.brief.redaction;

/** A kind of thing that is said in calls and must not be passed on. Phone and account numbers are none: a human needs them. */
public enum Secret {
    /** The number of a payment card. */
    PAYMENT_CARD("card number"),
    /** The three or four digits on a card that show that its holder has it. */
    SECURITY_CODE("security code"),
    /** A password, a PIN, a memorable word. */
    PASSWORD("password"),
    /** A code that was sent or shown for one use. */
    ONE_TIME_CODE("one-time code"),
    /** A number by which a state knows a person, whole or its last digits. */
    NATIONAL_ID("national id");

    private final String label;

    Secret(String label) {
        this.label = label;
    }

    /** What stands in its place: {@code [redacted: card number]}. */
    public String replacement() {
        return "[redacted: " + label + "]";
    }
}
