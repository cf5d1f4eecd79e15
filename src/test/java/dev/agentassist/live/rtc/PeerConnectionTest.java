package dev.agentassist.live.rtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Two peers of ours, on loopback. */
class PeerConnectionTest {

    /** One end, and what it was told. */
    private static final class End implements PeerListener {
        final List<String> states = new CopyOnWriteArrayList<>();
        final List<DataChannel> open = new CopyOnWriteArrayList<>();
        final List<byte[]> messages = new CopyOnWriteArrayList<>();
        final List<RtpPacket> sound = new CopyOnWriteArrayList<>();
        volatile RuntimeException thrown;

        @Override
        public void onState(PeerState state, String reason) {
            states.add(state + ": " + reason);
        }

        @Override
        public void onChannelOpen(DataChannel channel) {
            open.add(channel);
        }

        @Override
        public void onMessage(DataChannel channel, byte[] message, boolean text) {
            messages.add(message);
            if (thrown != null) {
                throw thrown;
            }
        }

        @Override
        public void onRtp(RtpPacket packet) {
            sound.add(packet);
        }
    }

    private static PeerConfig config() {
        return new PeerConfig(List.of(), false, true, true, null, Duration.ofSeconds(5), Duration.ofSeconds(4));
    }

    /** A pair that is being connected; closes both. */
    private static final class Pair implements AutoCloseable {
        final End a = new End();
        final End b = new End();
        final EventLoop loop = new EventLoop("rtc-test");
        final PeerConnection offerer = PeerConnection.on(loop, config(), a);
        final PeerConnection answerer = PeerConnection.on(loop, config(), b);
        final DataChannel reliable = offerer.createChannel("_reliable", true, null);
        final DataChannel lossy = offerer.createChannel("_lossy", false, 0);

        void connect(UnaryOperator<String> answer) {
            String offer = offerer.createOffer();
            offerer.setAnswer(answer.apply(answerer.answer(offer)));
        }

        void await(PeerState state) {
            Await.until(() -> state + ": " + a.states + b.states, Await.PATIENCE,
                    () -> offerer.state() == state && answerer.state() == state);
        }

        @Override
        public void close() {
            offerer.close();
            answerer.close();
            loop.close();
        }
    }

    @Test
    void messagesOfEachKindArriveBothWays() {
        try (var pair = new Pair()) {
            byte[] large = new byte[200_000];
            new Random(1).nextBytes(large);
            assertTrue(pair.reliable.send("sent before there was a connection"));
            pair.connect(answer -> answer);
            pair.await(PeerState.CONNECTED);
            Await.until("both channels are open", () -> pair.a.open.size() == 2 && pair.b.open.size() == 2);
            pair.reliable.send(large);
            pair.reliable.send(new byte[0]);
            pair.reliable.send("");
            Await.until("four messages are there", () -> pair.b.messages.size() == 4);
            assertEquals("sent before there was a connection", new String(pair.b.messages.get(0), StandardCharsets.UTF_8));
            assertArrayEquals(large, pair.b.messages.get(1));
            assertEquals(0, pair.b.messages.get(2).length);
            assertEquals(0, pair.b.messages.get(3).length);
            DataChannel theirs = pair.b.open.stream().filter(c -> c.label().equals("_lossy")).findFirst().orElseThrow();
            assertFalse(theirs.ordered());
            assertEquals(0, theirs.maxRetransmits());
            theirs.send("back");
            Await.until("the answer is there", () -> pair.a.messages.size() == 1);
            pair.answerer.createChannel("opened by the answerer", true, 3);
            Await.until("it is open", () -> pair.a.open.size() == 3);
            assertEquals(1, pair.a.open.get(2).id() % 2);
            assertTrue(pair.offerer.stats().rttMillis() >= 0);
        }
    }

    /** Where a machine has {@code ::1}: each side is told of the other's IPv6 addresses alone. */
    @Test
    void ipv6AloneIsAWay() {
        UnaryOperator<String> six = sdp -> sdp.lines()
                .filter(line -> !line.startsWith("a=candidate:") || line.split(" ")[4].contains(":"))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
        try (var pair = new Pair()) {
            String offer = six.apply(pair.offerer.createOffer());
            Assumptions.assumeTrue(offer.contains(" ::1 ") || offer.contains(" 0:0:0:0:0:0:0:1 "), "this machine has no ::1");
            pair.offerer.setAnswer(six.apply(pair.answerer.answer(offer)));
            pair.await(PeerState.CONNECTED);
            pair.reliable.send("by six");
            Await.until("the message is there", () -> pair.b.messages.size() == 1);
            assertTrue(pair.offerer.stats().selectedPair().contains("["), pair.offerer.stats().selectedPair());
        }
    }

    @Test
    void soundGoesToTheOneWhoAnswers() {
        try (var pair = new Pair()) {
            RtpSender sender = pair.offerer.addAudioSender("track");
            pair.connect(answer -> answer);
            pair.await(PeerState.CONNECTED);
            int[] n = {0};
            Await.until("ten packets are there", () -> {
                sender.send(new byte[] {1, 2, 3, (byte) n[0]}, 960L * n[0], n[0]++ == 0);
                return pair.b.sound.size() >= 10;
            });
            RtpPacket first = pair.b.sound.getFirst();
            assertEquals(sender.mid(), first.mid());
            assertEquals(sender.ssrc(), first.ssrc());
            assertEquals("track", pair.answerer.remoteSections().get(1).trackId());
            assertEquals(4, first.payload().length);
        }
    }

    @Test
    void anotherCertificateThanDescribedIsRefused() {
        try (var pair = new Pair()) {
            pair.connect(answer -> answer.replaceAll("a=fingerprint:sha-256 ..:..", "a=fingerprint:sha-256 00:00"));
            Await.until("it is refused", () -> pair.offerer.state() == PeerState.FAILED);
            assertTrue(pair.a.states.getLast().contains("another fingerprint"), pair.a.states.toString());
            assertTrue(pair.b.messages.isEmpty());
        }
    }

    @Test
    void aWrongIcePasswordConnectsNobody() {
        try (var pair = new Pair()) {
            pair.connect(answer -> answer.replaceAll("a=ice-pwd:.", "a=ice-pwd:#"));
            pair.await(PeerState.FAILED);
            assertTrue(pair.a.states.getLast().contains("no way found"), pair.a.states.toString());
        }
    }

    @Test
    void aListenerThatThrowsFailsItsOwnConnectionOnly() {
        try (var pair = new Pair();
                var other = new Pair()) {
            pair.connect(answer -> answer);
            other.connect(answer -> answer);
            pair.await(PeerState.CONNECTED);
            other.await(PeerState.CONNECTED);
            pair.b.thrown = new IllegalStateException("a defect");
            pair.reliable.send("trigger");
            Await.until("it is failed", () -> pair.answerer.state() == PeerState.FAILED);
            assertTrue(pair.b.states.getLast().contains("a defect"), pair.b.states.toString());
            other.reliable.send("still here");
            Await.until("the other one lives", () -> other.b.messages.size() == 1);
        }
    }

    @Test
    void closingIsToldToTheOtherSideAndFreesEverything() {
        try (var pair = new Pair()) {
            pair.connect(answer -> answer);
            pair.await(PeerState.CONNECTED);
            Await.until("the channels are open", () -> pair.b.open.size() == 2);
            pair.offerer.close();
            Await.until("the other side knows", () -> pair.answerer.state() == PeerState.FAILED);
            assertFalse(pair.reliable.send("too late"));
            assertEquals(PeerState.CLOSED, pair.offerer.state());
        }
        Await.until("no thread is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.isAlive() && t.getName().startsWith("rtc-test")));
    }

    @Test
    void whatIsSentBeforeItCanBeIsBounded() {
        try (var pair = new Pair()) {
            byte[] megabyte = new byte[1 << 20];
            int taken = 0;
            while (pair.reliable.send(megabyte)) {
                taken++;
                assertTrue(taken <= 16);
            }
            assertEquals(16, taken);
        }
    }

    @Test
    void descriptionsThatCannotBeUsedAreRefused() {
        try (var pair = new Pair()) {
            String offer = pair.offerer.createOffer();
            assertThrows(IllegalArgumentException.class, () -> pair.answerer.answer("nonsense"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> pair.answerer.answer(offer.replaceAll("a=fingerprint:.*\r\n", "")));
            assertThrows(IllegalArgumentException.class, () -> pair.offerer.setAnswer(offer));
        }
    }
}
