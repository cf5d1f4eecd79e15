package dev.agentassist.live.signal;

/** What the server asks a client to do that it sends away ({@code LeaveRequest.Action}). */
public enum LeaveAction {
    DISCONNECT,
    /** Connect again and resume: {@code reconnect=1}. */
    RESUME,
    /** Join anew. */
    RECONNECT
}
