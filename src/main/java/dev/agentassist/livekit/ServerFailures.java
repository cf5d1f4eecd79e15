package dev.agentassist.livekit;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What to say when a LiveKit server's API does not do as asked, whichever client asked. */
final class ServerFailures {

    private final LiveKitServer server;

    ServerFailures(LiveKitServer server) {
        this.server = server;
    }

    Failure unreachable(IOException e) {
        String why = switch (e) {
            case UnknownHostException u -> "its name cannot be resolved";
            case ConnectException c -> "it refuses the connection";
            case SSLException s -> "the TLS connection failed (" + s.getClass().getSimpleName() + ")";
            case InterruptedIOException i -> "it did not answer in time";
            default -> "the connection failed (" + e.getClass().getSimpleName() + ")";
        };
        String hint = e instanceof SSLException
                ? "Check livekit.url, and give --ca-file for a private certificate authority."
                : "Check livekit.url and the network; --timeout allows it more time.";
        return new Failure(Problem.unavailable(server.describe() + " cannot be reached: " + why + ".", hint), e);
    }

    /** It answers 200 with something else. */
    Failure noLiveKit(Exception cause) {
        return new Failure(
                Problem.unavailable(server.describe() + " does not answer as a LiveKit server does.", "Check livekit.url."), cause);
    }

    /** An HTTP status that is no success. */
    Failure refused(int code) {
        if (code == 401 || code == 403) {
            return new Failure(new Problem.NotAllowed(
                    code,
                    server.describe() + " refuses the API key or its secret.",
                    "Check livekit.api_key and livekit.api_secret (assist config show), and this machine's clock."));
        }
        if (code == 404) {
            return Failure.unavailable(
                    server.describe() + " has no room service: it does not look like a LiveKit server.", "Check livekit.url.");
        }
        return new Failure(new Problem.Unavailable(
                code, server.describe() + " answered with HTTP status " + code + ".", "Try again in a moment."));
    }
}
