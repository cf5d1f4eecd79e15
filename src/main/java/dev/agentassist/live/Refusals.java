package dev.agentassist.live;

import dev.agentassist.live.signal.LeaveReason;
import dev.agentassist.live.signal.SignalFailure;
import dev.agentassist.net.ClockOffset;
import java.time.Instant;

/** What the server's refusals and farewells mean. */
final class Refusals {

    private Refusals() {}

    /** An end that trying again would not change, or null. */
    static Ending of(SignalFailure failure, String token, Instant now) {
        return switch (failure.status()) {
            case 400, 401, 403 -> new Ending(
                    Ending.Reason.REFUSED, "The server does not take the token: " + sentence(failure.detail()) + why(failure, token, now));
            case 404 -> new Ending(Ending.Reason.NO_ROOM, "The server knows no such room: " + sentence(failure.detail()));
            default -> null;
        };
    }

    private static String why(SignalFailure failure, String token, Instant now) {
        String clock = ClockOffset.sentence(now, failure.serverTime());
        if (clock != null) {
            return " " + clock;
        }
        Instant expiry = Tokens.expiry(token);
        return expiry != null && expiry.isBefore(now) ? " It expired at " + expiry + "." : "";
    }

    private static String sentence(String text) {
        String line = text.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /** An end by a farewell, or null where the client shall come back. */
    static Ending of(LeaveReason reason) {
        return switch (reason) {
            case DUPLICATE_IDENTITY -> new Ending(
                    Ending.Reason.DUPLICATE_IDENTITY, "Somebody joined with the same identity, which threw this listener out.");
            case PARTICIPANT_REMOVED -> new Ending(Ending.Reason.REMOVED, "Somebody removed this listener from the room.");
            case ROOM_DELETED -> new Ending(Ending.Reason.ROOM_DELETED, "The room was deleted.");
            case ROOM_CLOSED -> new Ending(Ending.Reason.ROOM_DELETED, "The room was closed: nobody is left in it.");
            default -> null;
        };
    }
}
