package dev.agentassist.testkit;

/**
 * What a telephone does when it is called. Times in milliseconds.
 *
 * @param dials how long nothing is heard of it, not even ringing
 * @param rings how long it rings before it does anything; negative: for ever
 * @param status a SIP status that it refuses with (486 busy, 603 declined…); 0: it answers
 * @param reason the words that come with the status
 * @param presses keys pressed after it was answered, each after {@code pressesAfter}
 * @param hertz what whoever holds it says: one of the {@link Tones}, 0 for silence
 * @param trouble a code of psrpc with which the worker itself fails, before it joins the room; null for none
 */
public record Phone(
        int dials, int rings, int status, String reason, String presses, int pressesAfter, int hertz, String trouble) {

    /** Answers at once, with the tone of {@link Tones#HUMAN}. */
    public static Phone answers() {
        return answersAfter(0);
    }

    public static Phone answersAfter(int millis) {
        return new Phone(0, millis, 0, "", "", 0, Tones.HUMAN, null);
    }

    public static Phone neverAnswers() {
        return answersAfter(-1);
    }

    public static Phone busy() {
        return refuses(486, "Busy Here");
    }

    public static Phone declines() {
        return refuses(603, "Decline");
    }

    /** After having rung a little. */
    public static Phone refuses(int status, String reason) {
        return new Phone(0, 200, status, reason, "", 0, 0, null);
    }

    /** The SIP service cannot make the call: {@code internal}, {@code unavailable}, {@code failed_precondition}… */
    public static Phone outOfOrder(String code) {
        return new Phone(0, 0, 0, "", "", 0, 0, code);
    }

    /** Then presses these keys. */
    public Phone pressing(String keys, int afterMillis) {
        return new Phone(dials, rings, status, reason, keys, afterMillis, hertz, trouble);
    }

    public Phone saying(int tone) {
        return new Phone(dials, rings, status, reason, presses, pressesAfter, tone, trouble);
    }
}
