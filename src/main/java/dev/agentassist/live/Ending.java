package dev.agentassist.live;

/**
 * Why a listen is over.
 *
 * @param reason what a program can act on
 * @param detail one sentence for a person; never holds a token
 */
public record Ending(Reason reason, String detail) {

    /** The kinds of end. */
    public enum Reason {
        /** {@link LiveListen#close()} was called. */
        CLOSED,
        /** The last agent left the room: the call is over. */
        AGENT_LEFT,
        /** Nobody is left but hidden listeners, whom a client is never told of. */
        EVERYBODY_LEFT,
        /** {@link LiveListen#end} was called: the conversation's record says that it is over, for one. */
        CALL_ENDED,
        /** The room was deleted or closed by the server. */
        ROOM_DELETED,
        /** Somebody removed this listener ({@code RoomService/RemoveParticipant}). */
        REMOVED,
        /** Somebody joined with the same identity, which throws the first one out. */
        DUPLICATE_IDENTITY,
        /** The server does not take the token: expired, signed with another secret, or without the grant to join. */
        REFUSED,
        /** The token's room does not exist, and the server makes none. */
        NO_ROOM,
        /** The media of the call is end-to-end encrypted: there is nothing to hear or read. */
        ENCRYPTED,
        /** The server cannot be reached, or the connection was lost and not regained in time. */
        CONNECTION_LOST
    }

    /** Whether the call itself is over, so that there is nothing left to listen to. */
    public boolean callOver() {
        return switch (reason) {
            case AGENT_LEFT, EVERYBODY_LEFT, CALL_ENDED, ROOM_DELETED -> true;
            default -> false;
        };
    }
}
