package dev.agentassist.transfer.room;

import dev.agentassist.livekit.SipService;
import dev.agentassist.livekit.TwirpError;

/** Calls a human into a room; returns once they have answered. {@link SipService#call} is the real one. */
@FunctionalInterface
public interface Dialler {

    void call(SipService.Call call) throws TwirpError;
}
