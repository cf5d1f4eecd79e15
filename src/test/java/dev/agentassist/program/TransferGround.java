package dev.agentassist.program;

import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.RedisPart;
import dev.agentassist.testkit.SipWorkerPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A LiveKit server with Redis and a SIP worker, on which calls are transferred. */
final class TransferGround implements AutoCloseable {

    private static final AtomicInteger CALLS = new AtomicInteger();

    final RedisPart redis = RedisPart.start();
    final LiveKitServerPart server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()));
    final SipWorkerPart sip = SipWorkerPart.start(server, redis);
    final Participants people = Participants.of(server);
    final String trunk = sip.trunk("out", "+14155550100");

    /** A new call in a room of its own. */
    HeldCall call(Path scratch) throws IOException {
        int number = CALLS.incrementAndGet();
        return new HeldCall(this, number, Files.createDirectory(scratch.resolve("home-" + number)));
    }

    @Override
    public void close() {
        people.close();
        sip.close();
        server.close();
        redis.close();
    }
}
