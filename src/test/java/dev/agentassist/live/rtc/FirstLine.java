package dev.agentassist.live.rtc;

import com.google.protobuf.ByteString;
import dev.agentassist.testkit.LiveKitServerPart;
import java.io.BufferedReader;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.DataStream;

/**
 * How long the packaged program needs from the start of its process to the first line of a call, by hand: {@code FirstLine
 * RUNS}. A speaker says a segment every 20 ms, so up to that is added.
 */
public final class FirstLine {

    private FirstLine() {}

    public static void main(String[] args) throws Exception {
        int runs = Integer.parseInt(args[0]);
        try (var server = LiveKitServerPart.start()) {
            var options = new RtcClient.Options();
            options.publisher = true;
            try (var speaker = RtcClient.join(server.url(), "first", "speaker", options)) {
                speaker.reliable.get(60, TimeUnit.SECONDS);
                Thread.ofPlatform().daemon().start(() -> speak(speaker));
                long[] millis = new long[runs];
                for (int i = 0; i < runs; i++) {
                    millis[i] = run(server);
                }
                long[] sorted = millis.clone();
                Arrays.sort(sorted);
                System.out.println("process start to first line: median " + sorted[runs / 2] + " ms of " + Arrays.toString(millis));
            }
        }
    }

    private static void speak(RtcClient speaker) {
        for (int i = 0; ; i++) {
            String id = "stream-" + i;
            speaker.send(DataPacket.newBuilder().setStreamHeader(DataStream.Header.newBuilder()
                    .setStreamId(id)
                    .setTopic("lk.transcription")
                    .setMimeType("text/plain")
                    .setTextHeader(DataStream.TextHeader.getDefaultInstance())
                    .putAttributes("lk.segment_id", "segment-" + i)
                    .putAttributes("lk.transcription_final", "true")));
            speaker.send(DataPacket.newBuilder().setStreamChunk(DataStream.Chunk.newBuilder()
                    .setStreamId(id)
                    .setContent(ByteString.copyFromUtf8("Segment " + i))));
            speaker.send(DataPacket.newBuilder().setStreamTrailer(DataStream.Trailer.newBuilder().setStreamId(id)));
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static long run(LiveKitServerPart server) throws Exception {
        var builder = new ProcessBuilder("target/assist/bin/assist", "tail", "room:first");
        builder.environment().putAll(server.environment());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        long start = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            long took = (System.nanoTime() - start) / 1_000_000;
            if (line == null) {
                throw new AssertionError("no line");
            }
            return took;
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
