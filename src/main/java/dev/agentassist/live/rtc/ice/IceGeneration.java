package dev.agentassist.live.rtc.ice;

/** The credentials between two restarts (RFC 8445, section 9). */
final class IceGeneration {

    final IceCredentials local;
    IceCredentials remote;

    IceGeneration(IceCredentials local) {
        this.local = local;
    }

    boolean ready() {
        return remote != null;
    }
}
