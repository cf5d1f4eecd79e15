package dev.agentassist.tail;

import dev.agentassist.live.Ending;
import dev.agentassist.problem.Problem;

/**
 * How following one call ended.
 *
 * @param sawSomebody anybody was in the room at all
 */
public record TailOutcome(CallLabel call, Ending ending, boolean sawSomebody) {

    /** What went wrong, or null where the call just ended, or we left. */
    public Problem problem() {
        String room = "room “" + call.room() + "”: ";
        String detail = "The " + room + ending.detail();
        return switch (ending.reason()) {
            case CLOSED, AGENT_LEFT, CALL_ENDED, ROOM_DELETED -> null;
            case EVERYBODY_LEFT -> sawSomebody
                    ? null
                    : Problem.wrongState("The " + room + "nobody is in it.", "The call has ended, or has not begun.");
            case REMOVED, DUPLICATE_IDENTITY -> Problem.notAllowed(detail, null);
            case REFUSED -> new Problem.NotAllowed(
                    401, detail, "Mint a new token; assist inspect shows what one is good for.");
            case NO_ROOM -> Problem.notFound(detail, "assist conversations list --live shows the calls in progress.");
            case ENCRYPTED -> new Problem.Encrypted(detail, "Only a participant with the call's key can listen.");
            case CONNECTION_LOST -> Problem.unavailable(
                    detail, "Check the network, --ca-file for a private certificate authority, HTTPS_PROXY, and --timeout.");
        };
    }
}
