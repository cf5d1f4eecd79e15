package dev.agentassist.live.wire;

import java.io.IOException;

/** Bytes that are no message of the wire format. */
public final class MalformedMessage extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedMessage(String why) {
        super(why);
    }
}
