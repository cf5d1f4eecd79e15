package dev.agentassist.livekit;

import dev.agentassist.net.ClockOffset;
import dev.agentassist.net.ConnectionTrouble;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/** What to say when a LiveKit server's API does not do as asked, whichever client asked. */
final class ServerFailures {

    private final LiveKitServer server;
    private final InstantSource clock;

    ServerFailures(LiveKitServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    Failure unreachable(IOException e) {
        String hint = ConnectionTrouble.untrusted(e)
                ? "Check livekit.url, and give --ca-file for a private certificate authority."
                : ConnectionTrouble.byProxy(e)
                        ? "Check HTTPS_PROXY (http://user:password@host:port where it wants credentials), and NO_PROXY."
                        : "Check livekit.url and the network; --timeout allows it more time.";
        return new Failure(
                Problem.unavailable(server.describe() + " cannot be reached: " + ConnectionTrouble.why(e) + ".", hint), e);
    }

    /** It answers 200 with something else. */
    Failure noLiveKit(Exception cause) {
        return new Failure(
                Problem.unavailable(server.describe() + " does not answer as a LiveKit server does.", "Check livekit.url."), cause);
    }

    /** An HTTP status that is no success. {@code serverTime}: the answer's {@code Date}, or null. */
    Failure refused(int code, Instant serverTime) {
        if (code == 401 || code == 403) {
            String offset = ClockOffset.sentence(clock.instant(), serverTime);
            return new Failure(new Problem.NotAllowed(
                    code,
                    server.describe() + " refuses the API key or its secret." + (offset == null ? "" : " " + offset),
                    offset == null
                            ? "Check livekit.api_key and livekit.api_secret (assist config show), and this machine's clock."
                            : "Have both clocks set by NTP: tokens are good for minutes. Else check livekit.api_key and"
                                    + " livekit.api_secret."));
        }
        if (code == 404) {
            return Failure.unavailable(
                    server.describe() + " has no room service: it does not look like a LiveKit server.", "Check livekit.url.");
        }
        return new Failure(new Problem.Unavailable(
                code, server.describe() + " answered with HTTP status " + code + ".", "Try again in a moment."));
    }
}
