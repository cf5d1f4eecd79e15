package dev.agentassist.transfer.sound;

import dev.agentassist.live.audio.OggOpusFile;
import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Sound that is ready to be sent: packets of Opus. */
public record Sound(List<byte[]> packets) {

    /** A packet must fit into a datagram with its headers. */
    private static final int LONGEST_PACKET = 1_100;

    public Sound {
        packets = List.copyOf(packets);
    }

    /** One that comes with the program. */
    public static Sound bundled(String name) {
        try (InputStream in = Sound.class.getResourceAsStream("/dev/agentassist/transfer/" + name)) {
            return new Sound(OggOpusFile.read(in, name).packets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user's. Fails with {@code BadInput} when it cannot be used. */
    public static Sound read(Path file) {
        try {
            List<byte[]> packets = OggOpusFile.read(file).packets();
            if (packets.stream().anyMatch(p -> p.length > LONGEST_PACKET)) {
                throw Failure.badInput(
                        "The sound " + file + " has packets of more than " + LONGEST_PACKET + " bytes, which no datagram takes.",
                        "Encode it anew: opusenc --bitrate 48 --framesize 20 IN.wav OUT.ogg");
            }
            return new Sound(packets);
        } catch (OggOpusFile.Unreadable e) {
            throw Failure.badInput("The sound cannot be used: " + e.getMessage() + ".", null);
        } catch (NoSuchFileException e) {
            throw Failure.badInput("The sound " + file + " does not exist.", "Name an Ogg/Opus file.");
        } catch (IOException e) {
            throw Failure.badInput("The sound " + file + " cannot be read.", "Name an Ogg/Opus file.");
        }
    }
}
