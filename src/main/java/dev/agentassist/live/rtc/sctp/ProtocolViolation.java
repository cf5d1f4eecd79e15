package dev.agentassist.live.rtc.sctp;

/** The other side breaks a rule in a way that ends the association. */
final class ProtocolViolation extends Exception {

    private static final long serialVersionUID = 1L;

    ProtocolViolation(String what) {
        super(what, null, false, false);
    }
}
