package dev.agentassist.transfer.room;

import dev.agentassist.livekit.TwirpError;
import dev.agentassist.transfer.TransferMachine.Event;

/** What the telephone network says, as an event and a sentence for people (RFC 3261, section 21). */
final class SipAnswers {

    /** Such an event. */
    record Told(Event event, String because) {}

    private SipAnswers() {}

    static Told of(TwirpError e) {
        String sip = e.meta("sip_status_code");
        if (sip != null && sip.matches("\\d{3}")) {
            return of(Integer.parseInt(sip));
        }
        return switch (e.status()) {
            case 404 -> fails("The outbound trunk does not exist: check --trunk (transfer.trunk).");
            case 403 -> fails("The API key is not allowed to make telephone calls, or the trunk not to call this number.");
            case 408, 504 -> new Told(Event.UNANSWERED, "Nobody answered in time.");
            case 429 -> new Told(Event.IS_BUSY, "The line is busy.");
            case 503 -> fails("No SIP service serves this LiveKit deployment: is livekit-sip running?");
            default -> fails("The call could not be made: " + e.getMessage() + ".");
        };
    }

    /** By the final response's status code. */
    static Told of(int code) {
        return switch (code) {
            case 486, 600 -> new Told(Event.IS_BUSY, "The line is busy (SIP " + code + ").");
            case 408, 480, 487 -> new Told(Event.UNANSWERED, "Nobody answered (SIP " + code + ").");
            case 603, 607 -> new Told(Event.DECLINES, "The call was declined (SIP " + code + ").");
            case 401, 407 -> fails("The trunk refuses its user or password (SIP " + code + ").");
            case 402, 403 -> fails("The trunk is not allowed to call this number (SIP " + code + ").");
            case 404, 410, 484, 604 -> fails("The number does not exist (SIP " + code + ").");
            case 488, 606 -> fails("The other side takes none of the offered kinds of sound (SIP " + code + ").");
            default -> fails(code >= 500
                    ? "The telephone provider fails (SIP " + code + "): try again in a moment."
                    : "The call was refused (SIP " + code + ").");
        };
    }

    private static Told fails(String because) {
        return new Told(Event.FAILS, because);
    }
}
