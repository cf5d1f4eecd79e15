package dev.agentassist.snoop;

import dev.agentassist.listen.Player;
import dev.agentassist.live.AudioPacket;
import dev.agentassist.live.audio.RecordingThread;
import java.io.IOException;
import java.util.function.Consumer;

/** The sound of the view: off at first, on and off by a key. */
final class Sound implements AutoCloseable {

    private final String path;
    private final Consumer<String> broken;
    private volatile Player player;
    private volatile RecordingThread playing;

    /** {@code broken}: told, on another thread, that the player has ended. */
    Sound(String path, Consumer<String> broken) {
        this.path = path;
        this.broken = broken;
    }

    /** The player's name; fails with a sentence. */
    String on() throws IOException {
        Player found = Player.find(path).orElseThrow(() ->
                new IOException("No player is on the PATH: " + String.join(", ", Player.names()) + "."));
        String name = found.name();
        player = found;
        try {
            playing = new RecordingThread(found.play(), e -> {
                // Not where it was we who ended it.
                if (player == found) {
                    broken.accept(name + " has ended.");
                }
            });
        } catch (IOException e) {
            player = null;
            throw new IOException(name + " cannot be started.", e);
        }
        return name;
    }

    void packet(AudioPacket packet) {
        RecordingThread now = playing;
        if (now != null) {
            now.add(packet);
        }
    }

    void off() {
        RecordingThread now = playing;
        playing = null;
        Player before = player;
        player = null;
        if (before != null) {
            before.close();
        }
        if (now != null) {
            try {
                now.finish(System.nanoTime(), 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        off();
    }
}
