package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real Redis on loopback, in memory only: LiveKit's SIP API needs one. */
public final class RedisPart implements AutoCloseable {

    private final int port = Ports.free();
    private final Process process;

    private RedisPart() {
        Path program = Parts.debian("redis-server", "redis-server");
        Path folder = Scratch.folder("redis-" + port);
        try {
            process = new ProcessBuilder(
                            program.toString(), "--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", "", "--dir",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Children.add(process);
        Await.until("Redis answers (its log: " + folder + ")", () -> Ports.answers(port));
    }

    public static RedisPart start() {
        return new RedisPart();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
