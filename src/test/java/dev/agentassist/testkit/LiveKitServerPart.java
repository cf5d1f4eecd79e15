package dev.agentassist.testkit;

import io.livekit.server.RoomServiceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import livekit.LivekitModels;
import retrofit2.Call;
import retrofit2.Response;

/**
 * A real LiveKit server on loopback, its log in {@code target/testkit}. It can be killed and started again on the same
 * ports. What it is asked here goes through the server SDK, which is not what the program under test uses for itself.
 */
public final class LiveKitServerPart implements AutoCloseable {

    /** At least 32 characters, or the server warns. */
    public static final String KEY = "testkey";

    public static final String SECRET = "a-secret-of-the-tests-that-is-long-enough";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static LiveKitServerPart shared;

    private final LiveKitOptions options;
    private final int port = Ports.free();
    private final int udpPort = Ports.free();
    private final int tcpPort = Ports.free();
    private final int turnPort = Ports.free();
    private final Path folder;
    private final RoomServiceClient rooms;
    private Process process;

    private LiveKitServerPart(LiveKitOptions options) {
        this.options = options;
        this.folder = Scratch.folder("livekit-" + COUNT.incrementAndGet());
        this.rooms = RoomServiceClient.createClient(httpUrl(), KEY, SECRET);
    }

    /** A server with its defaults, ready. */
    public static LiveKitServerPart start() {
        return start(LiveKitOptions.defaults());
    }

    public static LiveKitServerPart start(LiveKitOptions options) {
        for (int attempt = 1; ; attempt++) {
            var server = new LiveKitServerPart(options);
            try {
                server.run();
                return server;
            } catch (AssertionError e) {
                // A port that was free a moment ago may be somebody else's by now.
                server.kill();
                if (attempt == 3 || !server.portWasTaken()) {
                    throw e;
                }
            }
        }
    }

    private boolean portWasTaken() {
        try {
            return Files.readString(log()).contains("address already in use");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all tests of a JVM that leave it running: take rooms of names that nobody else has. */
    public static synchronized LiveKitServerPart shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** For {@code LIVEKIT_URL}. */
    public String url() {
        return "ws://" + options.host() + ":" + port;
    }

    public String httpUrl() {
        return "http://" + options.host() + ":" + port;
    }

    public int port() {
        return port;
    }

    public int udpPort() {
        return udpPort;
    }

    public int tcpPort() {
        return tcpPort;
    }

    public int turnPort() {
        return turnPort;
    }

    /** What a program needs to talk to this server. */
    public Map<String, String> environment() {
        return Map.of("LIVEKIT_URL", url(), "LIVEKIT_API_KEY", KEY, "LIVEKIT_API_SECRET", SECRET);
    }

    public Path log() {
        return folder.resolve("server.log");
    }

    public long pid() {
        return process.pid();
    }

    /** Starts it again, on the same ports and with the same keys. */
    public void run() {
        Path program = Parts.liveKitServer();
        try {
            Path config = folder.resolve("livekit.yaml");
            Files.writeString(config, options.yaml(port, udpPort, tcpPort, turnPort, Map.of(KEY, SECRET)));
            var builder = new ProcessBuilder(program.toString(), "--config", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            // What the one who runs the tests has set is not for this server.
            builder.environment().keySet().removeIf(name -> name.startsWith("LIVEKIT"));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Children.add(process);
        Await.until("the LiveKit server is ready (its log: " + log() + ")", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The LiveKit server ended with " + process.exitValue() + ": see " + log() + ".");
            }
            return ready();
        });
    }

    private boolean ready() {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(httpUrl())).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** SIGKILL: no farewell to anybody. */
    public void kill() {
        process.destroyForcibly();
        gone();
    }

    /** SIGTERM, and again, which ends it although participants are connected. */
    public void terminate() {
        process.destroy();
        Await.until("the LiveKit server ends", () -> {
            process.destroy();
            return !process.isAlive();
        });
    }

    /** SIGSTOP: it keeps its connections and answers nothing, until {@link #resume()}. */
    public void freeze() {
        Signals.send(process.toHandle(), "STOP");
    }

    public void resume() {
        Signals.send(process.toHandle(), "CONT");
    }

    public void restart() {
        kill();
        run();
    }

    private void gone() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("The LiveKit server cannot be killed.");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Names of the rooms that exist. */
    public List<String> roomNames() {
        return answer(rooms.listRooms()).stream().map(LivekitModels.Room::getName).toList();
    }

    /** Everybody in a room, hidden ones too; empty when there is no room. */
    public List<LivekitModels.ParticipantInfo> participants(String room) {
        return answer(rooms.listParticipants(room));
    }

    /** {@code maxParticipants} 0: no limit. */
    public LivekitModels.Room createRoom(String name, int maxParticipants) {
        return answer(rooms.createRoom(name, 300, maxParticipants));
    }

    public void deleteRoom(String name) {
        answer(rooms.deleteRoom(name));
    }

    /** The server SDK's client, for what has no method here. */
    public RoomServiceClient rooms() {
        return rooms;
    }

    /** Runs one of the SDK's calls; anything but success fails the test. */
    public static <T> T answer(Call<T> call) {
        try {
            Response<T> response = call.execute();
            if (!response.isSuccessful()) {
                throw new AssertionError("LiveKit answered " + response.code() + ": " + response.errorBody().string());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
