package dev.agentassist.smoke;

import dev.agentassist.live.LiveEngine;
import dev.agentassist.live.LiveListen;
import dev.agentassist.live.LiveListenException;
import dev.agentassist.live.LiveProbe;
import dev.agentassist.live.rtc.PeerStats;
import dev.agentassist.live.signal.ParticipantInfo;
import dev.agentassist.live.stream.TextStreamWriter;
import dev.agentassist.livekit.RoomAdmin;
import dev.agentassist.problem.Failure;
import dev.agentassist.token.ListenerToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Those in the canary's room, and what they do there. A step that fails throws {@link CheckFailed}. */
final class CanaryCall implements AutoCloseable {

    private static final String SEGMENT = "lk.segment_id";
    private static final String FINAL = "lk.transcription_final";
    private static final String TRACK = "lk.transcribed_track_id";
    /** What is on its way when nothing more is sent. */
    private static final long STRAGGLERS_MILLIS = 500;
    private static final int INTRUDING_PACKETS = 50;
    private static final long LEAST_WITNESS_NANOS = 10_000_000_000L;
    /** A canary lasts a few seconds; a client joins again with the same token for as long as it waits. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final LiveEngine engine;
    private final String url;
    private final String version;
    private final Patience patience;
    private final String room;
    private final List<byte[]> sound = CanaryScript.sound();
    private LiveProbe agent;
    private LiveProbe caller;
    private LiveListen listener;
    private CanaryVoice voice;
    private CanaryEar ear;
    private double connectMillis;

    CanaryCall(LiveEngine engine, String url, String version, Patience patience, String room) {
        this.engine = engine;
        this.url = url;
        this.version = version;
        this.patience = patience;
        this.room = room;
    }

    /** The agent, with a voice, and the caller join. */
    void join(RoomAdmin admin) {
        agent = LiveProbe.join(engine, url, admin.participantToken(room, agentIdentity(), "Canary", "agent", TOKEN_LIFE), version);
        caller = LiveProbe.join(engine, url, admin.participantToken(room, callerIdentity(), "Canary’s caller", "standard", TOKEN_LIFE), version);
        connected(agent, "The canary’s agent");
        connected(caller, "The canary’s caller");
        if (get(agent.publishSound(patience.now().toMillis()), "the server’s answer") != LiveProbe.Granted.YES) {
            throw new CheckFailed(
                    "The canary’s agent may not publish sound.", "Check what the server allows (enabled_codecs, and limits of tracks).");
        }
        voice = new CanaryVoice(agent, sound);
        voice.start();
    }

    String agentIdentity() {
        return "canary-agent";
    }

    String callerIdentity() {
        return "canary-caller";
    }

    private void connected(LiveProbe probe, String who) {
        try {
            probe.connected().get(patience.now().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw probe.identity() == null
                    ? new CheckFailed(who + " could not join: " + e.getCause().getMessage() + ".", SIGNALLING)
                    : new CheckFailed(who + " was let in, but no connection for media came about: " + e.getCause().getMessage() + ".", NETWORK);
        } catch (TimeoutException e) {
            throw probe.identity() == null
                    ? new CheckFailed(who + " was not let in within " + patience.told() + ".", SIGNALLING)
                    : new CheckFailed(who + " was let in, but no connection for media came about within " + patience.told() + ".", NETWORK);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static final String SIGNALLING = "Check that WebSocket connections to the server get through, by every proxy on the way.";
    private static final String NETWORK = "Check that the server’s UDP and TCP ports for media can be reached from here, or set up a relay (TURN).";

    /** The hidden listener joins. */
    void listen(ListenerToken token) {
        ear = new CanaryEar(sound, agentIdentity(), voice::heard);
        listener = LiveListen.builder(token.url(), token.token()).engine(engine).version(version).build();
        listener.onEvent(ear::happened);
        listener.setMuted(false);
        long start = System.nanoTime();
        try {
            listener.connect().get(patience.now().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof LiveListenException l ? l.ending().detail() : e.getCause().toString();
            throw new CheckFailed("The listener could not join: " + why, NETWORK);
        } catch (TimeoutException e) {
            throw new CheckFailed("The listener was not connected within " + patience.told() + ".", NETWORK);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        connectMillis = (System.nanoTime() - start) / 1e6;
    }

    double connectMillis() {
        return connectMillis;
    }

    String listenerIdentity() {
        return listener.identity();
    }

    /** All lines are said, one after the other; milliseconds until each was there. */
    List<Double> talk() {
        var took = new ArrayList<Double>();
        for (int i = 0; i < CanaryScript.LINES.size(); i++) {
            CanaryScript.Line line = CanaryScript.LINES.get(i);
            long sent = line.agent() ? delta(i, line.text()) : replace(i, line.text());
            int wanted = i + 1;
            if (!ear.await(patience.now(), () -> ear.settled().size() >= wanted)) {
                throw new CheckFailed(
                        "Of " + CanaryScript.LINES.size() + " things said only " + ear.settled().size() + " arrived: “" + line.text()
                                + "” did not within " + patience.told() + ".",
                        "Look whether the server forwards data packets, and whether anything between here and there drops them.");
            }
            took.add((ear.settled().get(i).atNanos() - sent) / 1e6);
        }
        return took;
    }

    /** The agent’s way: one stream a segment, and only its end says that it is final. */
    private long delta(int number, String text) {
        var begins = Map.of(SEGMENT, "canary-" + number, FINAL, "false", TRACK, agent.trackSid());
        return published(agent, begins, List.of(text.split("(?<= )")), Map.of(FINAL, "true"));
    }

    /** The caller’s way: an interim text, and then another stream that replaces it. */
    private long replace(int number, String text) {
        published(caller, Map.of(SEGMENT, "canary-" + number, FINAL, "false"), List.of(text.substring(0, text.length() / 2)), Map.of());
        return published(caller, Map.of(SEGMENT, "canary-" + number, FINAL, "true"), List.of(text), Map.of());
    }

    private long published(LiveProbe who, Map<String, String> begins, List<String> chunks, Map<String, String> ends) {
        long now = System.nanoTime();
        if (!get(who.text(TextStreamWriter.TRANSCRIPTION, begins, chunks, ends), "a line to be sent")) {
            throw new CheckFailed("The canary’s connection was lost.", NETWORK);
        }
        return now;
    }

    /** What was read, as lines. */
    List<CanaryScript.Line> read() {
        return ear == null
                ? List.of()
                : ear.settled().stream()
                        .map(h -> new CanaryScript.Line(h.segment().speaker().equals(agentIdentity()), h.segment().text()))
                        .toList();
    }

    /** Waits until the line is spoken and what was on its way is there; milliseconds of each packet that arrived. */
    List<Double> hear() {
        try {
            long line = sound.size() * 20L;
            if (!voice.spoken().await(Math.min(patience.now().toMillis() + line, patience.left().toMillis()), TimeUnit.MILLISECONDS)) {
                throw new CheckFailed(
                        "No sound arrived within " + patience.told() + ": the track was published, but the listener got no packet of it.", NETWORK);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        ear.await(Duration.ofMillis(STRAGGLERS_MILLIS), () -> ear.packets() == ear.expected());
        var took = new ArrayList<Double>();
        for (int i = 0; i < ear.lineLength(); i++) {
            if (ear.arrivedNanos(i) != 0) {
                took.add((ear.arrivedNanos(i) - voice.sentNanos(i)) / 1e6);
            }
        }
        return took;
    }

    CanaryEar ear() {
        return ear;
    }

    /** With a listener token of its own, a client that behaves as none of ours does tries to be heard. */
    void intrude(ListenerToken token) {
        var permission = shout(token);
        if (permission != null && (permission.canPublish() || permission.canPublishData() || !permission.hidden())) {
            throw new CheckFailed("The server gives a listener more than its token should.", "Update the LiveKit server.");
        }
    }

    /** Tries it; what the server says that it is permitted, or null. */
    ParticipantInfo.Permission shout(ListenerToken token) {
        byte[] secret = ("intruder-" + room).getBytes(StandardCharsets.UTF_8);
        try (LiveProbe intruder = LiveProbe.join(engine, token.url(), token.token(), version)) {
            connected(intruder, "A second listener");
            LiveProbe.Granted granted = get(intruder.publishSound(STRAGGLERS_MILLIS), "the server’s answer");
            if (granted == LiveProbe.Granted.YES) {
                throw new CheckFailed("The server took a listener’s sound, although its token should forbid it.", "Update the LiveKit server.");
            }
            for (int i = 0; i < INTRUDING_PACKETS; i++) {
                intruder.sound(sound.get(i % sound.size()), i * 960L, i == 0);
            }
            get(intruder.data("canary", secret), "the data to be sent");
            // The same from one who may: that it arrives shows that the other would have been seen.
            fence(("control-" + room).getBytes(StandardCharsets.UTF_8));
            if (agent.received(secret) || caller.received(secret)) {
                throw new CheckFailed("A listener’s data reached the call, although its token should forbid it.", "Update the LiveKit server.");
            }
            return intruder.permission();
        }
    }

    private void fence(byte[] control) {
        get(agent.data("canary", control), "the data to be sent");
        get(caller.data("canary", control), "the data to be sent");
        long end = System.nanoTime() + patience.now().toNanos();
        while (!caller.received(control) || !agent.received(control)) {
            if (System.nanoTime() > end) {
                throw new CheckFailed("The canary’s own data did not arrive within " + patience.told() + ": this proves nothing.", NETWORK);
            }
            sleep(20);
        }
        sleep(STRAGGLERS_MILLIS);
    }

    /** The listener leaves. */
    void endListening() {
        if (listener != null) {
            listener.close();
        }
    }

    /**
     * Whom of these the agent or the caller was told of. A server tells of those who publish nothing once in three seconds
     * (livekit-server, {@code subscriberUpdateInterval}), so somebody who may be seen joins after them: once the others have
     * been told of that one, they have been told of all before.
     */
    List<String> told(Set<String> hidden, RoomAdmin admin) {
        String witness = "canary-witness";
        String token = admin.participantToken(room, witness, "Canary’s witness", "standard", TOKEN_LIFE);
        try (LiveProbe visible = LiveProbe.join(engine, url, token, version)) {
            connected(visible, "The canary’s witness");
            long end = System.nanoTime() + Math.min(patience.left().toNanos(), Math.max(patience.now().toNanos(), LEAST_WITNESS_NANOS));
            while (!agent.toldOf().contains(witness) || !caller.toldOf().contains(witness)) {
                if (System.nanoTime() > end) {
                    throw new CheckFailed("The canary’s agent and caller were not told of somebody who may be seen: this proves nothing.", "Run it again.");
                }
                sleep(20);
            }
        }
        var told = new ArrayList<String>();
        for (String identity : hidden) {
            if (agent.toldOf().contains(identity) || caller.toldOf().contains(identity)) {
                told.add(identity);
            }
        }
        return told;
    }

    String serverVersion() {
        return agent == null ? null : agent.serverVersion();
    }

    /** The addresses of the relays that the server names. */
    List<String> relays() {
        return agent == null || agent.iceServers() == null
                ? List.of()
                : agent.iceServers().stream().flatMap(s -> s.urls().stream()).filter(u -> u.startsWith("turn")).distinct().toList();
    }

    /** How the agent’s sound goes: {@code udp}, {@code tcp} or {@code relay}; null where it does not. */
    String mediaPath() {
        PeerStats stats = agent == null ? null : agent.stats();
        if (stats == null || stats.selectedPair() == null) {
            return null;
        }
        return stats.relayed() ? "relay" : stats.selectedPair().startsWith("tcp") ? "tcp" : "udp";
    }

    /** Everybody leaves. */
    @Override
    public void close() {
        if (voice != null) {
            voice.stop();
        }
        endListening();
        if (caller != null) {
            caller.close();
        }
        if (agent != null) {
            agent.close();
        }
    }

    private <T> T get(CompletableFuture<T> future, String what) {
        try {
            return future.get(patience.now().toMillis() + STRAGGLERS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CheckFailed("The wait for " + what + " took more than " + patience.told() + ".", NETWORK);
        } catch (ExecutionException e) {
            throw new CheckFailed("Waiting for " + what + " failed (" + e.getCause().getClass().getSimpleName() + ").", NETWORK);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static Failure interrupted() {
        Thread.currentThread().interrupt();
        return Failure.unavailable("The canary call was broken off.", null);
    }
}
