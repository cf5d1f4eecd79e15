package dev.agentassist.live.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Fixed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records as somebody would send who has seen ours and has not the keys: none is taken for data, and none ends anything. */
class DtlsFuzzTest {

    private static final DtlsIdentity OURS = DtlsIdentity.create(Instant.now());
    private static final DtlsIdentity THEIRS = DtlsIdentity.create(Instant.now());

    /** Two ends on one loop; what they send is seen on its way. */
    private static final class Pair implements AutoCloseable {
        final EventLoop loop = new EventLoop("dtls-test");
        final List<byte[]> seen = new CopyOnWriteArrayList<>();
        final List<byte[]> received = new CopyOnWriteArrayList<>();
        final List<String> closed = new CopyOnWriteArrayList<>();
        final CompletableFuture<SrtpKeys> up = new CompletableFuture<>();
        final CompletableFuture<SrtpKeys> alsoUp = new CompletableFuture<>();
        final DtlsAssociation client;
        final DtlsAssociation server;

        Pair() {
            client = new DtlsAssociation(
                    loop, true, OURS, List.of(Fingerprint.parse(THEIRS.fingerprint())), (b, o, n) -> pass(b, o, n, false), listener(up, true));
            server = new DtlsAssociation(
                    loop, false, THEIRS, List.of(Fingerprint.parse(OURS.fingerprint())), (b, o, n) -> pass(b, o, n, true), listener(alsoUp, false));
        }

        Pair connected() {
            loop.execute(server::start);
            loop.execute(client::start);
            Await.until(() -> "both are up; closed: " + closed, Await.PATIENCE, () -> up.isDone() && alsoUp.isDone());
            // The server's side has to hear the handshake's end again until it has heard anything else.
            stillWorks();
            received.clear();
            return this;
        }

        private void pass(byte[] bytes, int offset, int length, boolean toClient) {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            if (seen.size() < 100) {
                seen.add(copy);
            }
            loop.execute(() -> (toClient ? client : server).input(copy, 0, copy.length));
        }

        private DtlsAssociation.Listener listener(CompletableFuture<SrtpKeys> done, boolean ofClient) {
            return new DtlsAssociation.Listener() {
                @Override
                public void connected(SrtpKeys keys) {
                    done.complete(keys);
                }

                @Override
                public void received(byte[] bytes, int offset, int length) {
                    received.add(Arrays.copyOfRange(bytes, offset, offset + length));
                }

                @Override
                public void closed(String reason) {
                    closed.add((ofClient ? "client: " : "server: ") + reason);
                }
            };
        }

        /** On the loop's thread, as everything after the handshake. */
        void onLoop(Runnable task) {
            var done = new CompletableFuture<Void>();
            loop.execute(() -> {
                try {
                    task.run();
                    done.complete(null);
                } catch (RuntimeException | Error e) {
                    done.completeExceptionally(e);
                }
            });
            done.orTimeout(60, TimeUnit.SECONDS).join();
        }

        /** It still does what it is for. */
        void stillWorks() {
            assertEquals(List.of(), closed);
            received.clear();
            byte[] word = {1, 2, 3};
            onLoop(() -> {
                server.send(word, 0, word.length);
                client.send(word, 0, word.length);
            });
            Await.until(() -> "each reads the other's record; closed: " + closed, Await.PATIENCE, () -> received.size() >= 2);
            received.forEach(each -> assertArrayEquals(word, each));
        }

        @Override
        public void close() {
            onLoop(() -> {
                client.close();
                server.close();
            });
            loop.close();
        }
    }

    private static Pair shared;

    @BeforeContainer
    static void connect() {
        shared = new Pair().connected();
    }

    @AfterContainer
    static void disconnect() {
        shared.close();
    }

    /** Types that DTLS has, and some that it has not; versions, epochs and lengths that are right or nearly so. */
    private static byte[] soup(Random random, List<byte[]> seen) {
        if (random.nextInt(3) == 0 && !seen.isEmpty()) {
            byte[] bytes = seen.get(random.nextInt(seen.size())).clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
        }
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        for (int at = 0; at + 13 <= bytes.length; ) {
            int size = random.nextInt(5) == 0 ? random.nextInt(70_000) : random.nextInt(60);
            ByteBuffer.wrap(bytes, at, 13)
                    .put((byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 20 + random.nextInt(6)))
                    .putShort((short) (random.nextInt(4) == 0 ? random.nextInt() : 0xfefd))
                    .putShort((short) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(2)))
                    .putShort((short) 0)
                    .putInt(random.nextInt(200))
                    .putShort((short) size);
            at += 13 + size;
        }
        return bytes;
    }

    private static void survives(Pair pair, long seed, int records) {
        var random = new Random(seed);
        pair.onLoop(() -> {
            for (int i = 0; i < records; i++) {
                byte[] bytes = soup(random, pair.seen);
                (i % 2 == 0 ? pair.client : pair.server).input(bytes, 0, bytes.length);
            }
        });
        assertEquals(List.of(), pair.received, "nothing of it is taken for the other side's");
        assertEquals(List.of(), pair.closed);
    }

    @Property(tries = 100, seed = Fixed.SEED)
    void nothingThatArrivesIsTooMuch(@ForAll long seed) {
        survives(shared, seed, 100);
        shared.stillWorks();
        shared.received.clear();
    }

    @Test
    @Tag("slow")
    void nothingThatArrivesIsTooMuchForLong() {
        try (var pair = new Pair().connected()) {
            for (long seed = 0; seed < 200; seed++) {
                survives(pair, seed, 1000);
            }
            pair.stillWorks();
        }
    }

    /** While hands are shaken anybody can send anything: it fails or it holds, but it ends. */
    @Test
    void aHandshakeInARainOfRubbishComesToAnEnd() {
        var random = new Random(7);
        try (var pair = new Pair()) {
            pair.loop.execute(pair.server::start);
            pair.loop.execute(pair.client::start);
            for (int i = 0; i < 2_000 && !pair.up.isDone() && pair.closed.isEmpty(); i++) {
                byte[] bytes = soup(random, pair.seen);
                pair.loop.execute(() -> pair.client.input(bytes, 0, bytes.length));
                Thread.onSpinWait();
            }
            Await.until("it is up, or given up", () -> pair.up.isDone() && pair.alsoUp.isDone() || !pair.closed.isEmpty());
        }
    }
}
