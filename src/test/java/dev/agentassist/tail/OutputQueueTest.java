package dev.agentassist.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutputQueueTest {

    /** A reader that does not read until it is told to. */
    private static class Stopped extends OutputStream {
        final CountDownLatch go = new CountDownLatch(1);
        final CountDownLatch reached = new CountDownLatch(1);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int from, int length) {
            reached.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            bytes.write(b, from, length);
        }

        synchronized long lines() {
            return text().chars().filter(c -> c == '\n').count();
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static PrintStream stream(OutputStream out) {
        return new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    @Test
    void whatMemoryDoesNotTakeGoesToDiskAndComesBackInOrder() throws Exception {
        var reader = new Stopped();
        var expected = new StringBuilder();
        try (var queue = new OutputQueue(stream(reader), n -> n + " shed\n", 1_000, 1 << 20)) {
            for (int i = 0; i < 5_000; i++) {
                queue.add("line " + i + "\n", false);
                expected.append("line ").append(i).append('\n');
                if (i > 1_000) {
                    queue.add("interim\n", true);
                }
            }
            assertTrue(reader.reached.await(60, TimeUnit.SECONDS));
            reader.go.countDown();
            queue.drain(60_000);
            queue.add("after\n", false);
            queue.drain(60_000);
        }
        assertEquals(expected + "after\n", reader.text());
    }

    @Test
    void whatIsAboveTheSizeIsDroppedAndSaid() throws Exception {
        var reader = new Stopped();
        try (var queue = new OutputQueue(stream(reader), n -> n + " shed\n", 1_000, 10_000)) {
            queue.add("first\n", false);
            assertTrue(reader.reached.await(60, TimeUnit.SECONDS));
            for (int i = 0; i < 2_000; i++) {
                queue.add("0123456789\n", false);
            }
            reader.go.countDown();
            queue.drain(60_000);
        }
        String[] lines = reader.text().split("\n");
        String last = lines[lines.length - 1];
        assertTrue(last.matches("\\d+ shed"), last);
        assertEquals(2_001, lines.length - 1 + Integer.parseInt(last.split(" ")[0]));
    }

    @Test
    void aReaderThatIsOnlySlowLosesNothingHoweverMuchThereIs() throws Exception {
        var permits = new Semaphore(0);
        var reader = new Stopped() {
            @Override
            public void write(byte[] b, int from, int length) {
                permits.acquireUninterruptibly();
                super.write(b, from, length);
            }
        };
        reader.go.countDown();
        var expected = new StringBuilder();
        try (var queue = new OutputQueue(stream(reader), n -> n + " shed\n", 100, 1_000)) {
            // Always some 600 bytes behind: what went through the file is many times its size.
            for (int i = 0; i < 1_000; i++) {
                String line = i + "x".repeat(i % 7) + "\n";
                queue.add(line, false);
                expected.append(line);
                if (i >= 50) {
                    permits.release();
                    int read = i - 49;
                    Await.until("the reader has read", () -> reader.lines() >= read);
                }
            }
            permits.release(1_000);
            assertEquals(0, queue.drain(60_000));
        }
        assertEquals(expected.toString(), reader.text());
    }

    @Test
    void linesThatNobodyTakesAreCounted() throws Exception {
        var reader = new Stopped();
        try (var queue = new OutputQueue(stream(reader), n -> n + " shed\n", 100, 1_000)) {
            queue.add("first\n", false);
            assertTrue(reader.reached.await(60, TimeUnit.SECONDS));
            for (int i = 0; i < 500; i++) {
                queue.add("0123456789\n", false);
            }
            assertEquals(501, queue.drain(50));
            reader.go.countDown();
        }
    }

    @Test
    void aReaderThatIsGoneEndsIt() throws Exception {
        var broken = new CountDownLatch(1);
        var out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (var queue = new OutputQueue(stream(out), n -> "")) {
            queue.whenBroken(broken::countDown);
            queue.add("x\n", false);
            assertTrue(broken.await(60, TimeUnit.SECONDS));
            assertTrue(queue.isBroken());
            queue.add("y\n", false);
            queue.drain(60_000);
        }
    }

    @Test
    void patternsThatNeverEndFindNothing() {
        assertTrue(TextPattern.of("refund|cancel").isIn("Please CANCEL it"));
        assertFalse(TextPattern.of("refund").isIn("Please cancel it"));
        assertFalse(TextPattern.of("(a+)+$").isIn("a".repeat(60) + "b"));
    }

    @Test
    void wordsOfACommandAreSplitWithoutAShell() {
        assertEquals(
                java.util.List.of("a", "b c", "d'e", "", "$(x)"), MatchCommand.split(" a 'b c' \"d'e\"  '' $(x) "));
    }
}
