package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.ServerToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import livekit.LivekitAgent.AvailabilityResponse;
import livekit.LivekitAgent.JobType;
import livekit.LivekitAgent.RegisterWorkerRequest;
import livekit.LivekitAgent.ServerMessage;
import livekit.LivekitAgent.WorkerMessage;

/**
 * An agent worker without a name, which a LiveKit server summons into every room that does not say whom it wants. Speaks the
 * protocol of LiveKit Agents ({@code livekit_agent.proto} over a WebSocket at {@code /agent}); it notes each job that it is
 * offered, and takes none.
 */
public final class UnnamedWorker implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private final List<String> rooms = new CopyOnWriteArrayList<>();
    private final CountDownLatch registered = new CountDownLatch(1);
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private WebSocket socket;

    private UnnamedWorker() {}

    /** One that the server knows. */
    public static UnnamedWorker of(LiveKitServerPart server) {
        var worker = new UnnamedWorker();
        var signing = new ServerToken(
                LiveKitServer.of(server.url(), "the test", LiveKitServerPart.KEY, LiveKitServerPart.SECRET), InstantSource.system());
        ObjectNode claims = new ObjectMapper().createObjectNode();
        claims.putObject("video").put("agent", true);
        worker.socket = worker.http
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + signing.sign(claims, Duration.ofMinutes(10)))
                .buildAsync(URI.create(server.url() + "/agent"), worker)
                .join();
        worker.send(WorkerMessage.newBuilder()
                .setRegister(RegisterWorkerRequest.newBuilder().setType(JobType.JT_ROOM).setVersion("1.0")));
        try {
            if (!worker.registered.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The LiveKit server does not register the worker: see " + server.log() + ".");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return worker;
    }

    /** The names of the rooms that it was called into, so far. */
    public List<String> calledInto() {
        return List.copyOf(rooms);
    }

    private synchronized void send(WorkerMessage.Builder message) {
        socket.sendBinary(ByteBuffer.wrap(message.build().toByteArray()), true).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        parts.writeBytes(bytes);
        if (last) {
            try {
                on(ServerMessage.parseFrom(parts.toByteArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            parts.reset();
        }
        from.request(1);
        return null;
    }

    private void on(ServerMessage message) {
        if (message.hasRegister()) {
            registered.countDown();
        } else if (message.hasAvailability()) {
            var job = message.getAvailability().getJob();
            rooms.add(job.getRoom().getName());
            Thread.ofVirtual().start(() -> send(WorkerMessage.newBuilder()
                    .setAvailability(AvailabilityResponse.newBuilder().setJobId(job.getId()).setAvailable(false))));
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
