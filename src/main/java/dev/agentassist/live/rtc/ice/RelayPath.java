package dev.agentassist.live.rtc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A relayed candidate's address; packets go through the TURN client. */
final class RelayPath extends IcePath {

    private final InetSocketAddress relayed;
    private final TurnClient client;

    RelayPath(TurnClient client, InetSocketAddress relayed, long priority) {
        super(IceCandidate.Type.RELAY, false, priority);
        this.client = client;
        this.relayed = relayed;
    }

    @Override
    InetSocketAddress local() {
        return relayed;
    }

    /** What a relay on the server's own machine can reach is the relay's matter. */
    @Override
    boolean reaches(IceCandidate remote) {
        return !remote.tcp()
                && relayed.getAddress().getClass() == remote.address().getAddress().getClass();
    }

    @Override
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        client.send(bytes, offset, length, to);
    }

    @Override
    void close() {
        client.close();
    }
}
