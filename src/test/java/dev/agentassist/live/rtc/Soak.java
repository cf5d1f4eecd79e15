package dev.agentassist.live.rtc;

import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.UdpProxy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import livekit.LivekitModels.DataPacket;

/**
 * A long listen on a bad network, by hand: {@code Soak SECONDS PER-SECOND LOSS}. Starts a server, a proxy that loses
 * datagrams in both directions between it and the listener, a speaker with a clean way, and the listener in a JVM of its
 * own, whose line a minute tells what came, what is missing, its memory after a collection, and its threads.
 */
public final class Soak {

    private static final int SIZE = 200;

    private Soak() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("listen")) {
            listen(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]), Long.parseLong(args[4]));
        } else {
            speak(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Double.parseDouble(args[2]));
        }
    }

    private static void speak(int seconds, int perSecond, double loss) throws Exception {
        try (var server = LiveKitServerPart.start();
                var proxy = UdpProxy.to(server.udpPort(), new UdpProxy.Weather(loss, 0.002, 0.005), 1)) {
            long total = (long) seconds * perSecond;
            Process listener = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Soak.class.getName(),
                            "listen",
                            server.url(),
                            Integer.toString(server.udpPort()),
                            Integer.toString(proxy.port()),
                            Long.toString(total))
                    .inheritIO()
                    .start();
            var options = new RtcClient.Options();
            options.publisher = true;
            try (var speaker = RtcClient.join(server.url(), "soak", "speaker", options)) {
                speaker.reliable.get(60, TimeUnit.SECONDS);
                Thread.sleep(20_000);
                long start = System.nanoTime();
                var payload = ByteBuffer.allocate(SIZE);
                for (long n = 0; n < total; n++) {
                    payload.putLong(0, n).putLong(8, System.nanoTime());
                    if (!speaker.publish(payload.array())) {
                        System.out.println("speaker: message " + n + " was not taken");
                    }
                    long next = start + (n + 1) * 1_000_000_000L / perSecond;
                    while (System.nanoTime() < next) {
                        LockSupport.parkNanos(next - System.nanoTime());
                    }
                }
                System.out.println("speaker: done, " + speaker.connection.stats());
                if (!listener.waitFor(2, TimeUnit.MINUTES)) {
                    System.out.println("the listener has not got everything");
                    listener.destroyForcibly();
                }
                System.out.println("proxy: " + proxy.forwarded() + " forwarded, " + proxy.dropped() + " dropped");
            }
        }
    }

    private static void listen(String url, int serverPort, int proxyPort, long total) throws Exception {
        var next = new AtomicLong();
        var wrong = new AtomicLong();
        var latencies = new long[100_000];
        var count = new AtomicLong();
        var options = new RtcClient.Options();
        options.tellOurCandidates = false;
        options.theirCandidates = c -> c.contains(" udp ") ? c.replace(" " + serverPort + " ", " " + proxyPort + " ") : null;
        options.also = new PeerListener() {
            @Override
            public void onState(PeerState state, String reason) {
                System.out.println("listener: " + state + ": " + reason);
            }

            @Override
            public void onMessage(DataChannel channel, byte[] message, boolean text) {
                try {
                    DataPacket packet = DataPacket.parseFrom(message);
                    if (packet.hasUser()) {
                        ByteBuffer b = packet.getUser().getPayload().asReadOnlyByteBuffer();
                        long n = b.getLong();
                        if (n != next.getAndSet(n + 1)) {
                            wrong.incrementAndGet();
                            System.out.println("listener: message " + n + " came out of order or after a gap");
                        }
                        latencies[(int) (count.getAndIncrement() % latencies.length)] = System.nanoTime() - b.getLong();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try (var client = RtcClient.join(url, "soak", "listener", options)) {
            client.connected.get(60, TimeUnit.SECONDS);
            long begun = System.nanoTime();
            while (next.get() < total && !client.ended.isDone()) {
                for (int i = 0; i < 600 && next.get() < total; i++) {
                    Thread.sleep(100);
                }
                report(begun, next.get(), wrong.get(), latencies, count.get(), client);
            }
            System.out.println("listener: " + (next.get() == total && wrong.get() == 0 ? "EVERYTHING CAME IN ORDER" : "LOST"));
        }
        System.exit(0);
    }

    private static void report(long begun, long got, long wrong, long[] latencies, long count, RtcClient client)
            throws IOException {
        System.gc();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        String rss = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("VmRSS"))
                .map(l -> l.replaceAll("\\D+", ""))
                .findFirst()
                .orElse("?");
        long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        long[] sorted = Arrays.copyOf(latencies, (int) Math.min(count, latencies.length));
        Arrays.sort(sorted);
        String latency = sorted.length == 0
                ? "none"
                : sorted[sorted.length / 2] / 1000 + "/" + sorted[sorted.length * 99 / 100] / 1000 + "/"
                        + sorted[sorted.length - 1] / 1000 + " µs p50/p99/max";
        System.out.printf(
                "listener: %d s, %d messages, %d wrong, heap %d KB, rss %s KB, %d threads, cpu %d ms, %s, %s%n",
                (System.nanoTime() - begun) / 1_000_000_000L, got, wrong, heap.getUsed() / 1024, rss, threads, cpu,
                latency, client.connection.stats());
    }
}
