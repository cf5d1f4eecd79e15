package dev.agentassist.listen;

import dev.agentassist.live.audio.MixedRecording;
import dev.agentassist.live.audio.OggSound;
import dev.agentassist.live.audio.Recording;
import dev.agentassist.live.audio.SeparateRecording;
import dev.agentassist.live.audio.SeparateSound;
import dev.agentassist.live.audio.SoundFile;
import dev.agentassist.live.audio.WavFile;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the sound of a call goes. Files are new ones, readable by their owner alone: a recording never takes the place of
 * another.
 */
public abstract sealed class Destination {

    private final List<Path> files = new ArrayList<>();
    private final SoundFormat format;
    private final Map<String, String> tags = new LinkedHashMap<>();

    private Destination(SoundFormat format) {
        this.format = format;
    }

    /** Everybody in one file. It is made at once, so that what is wrong with it shows before the call is joined. */
    public static Destination file(Path file, SoundFormat format) {
        return new OneFile(file, format);
    }

    /** A file for each speaker: {@code call-agent.ogg} beside {@code call.ogg}. */
    public static Destination separate(Path base, SoundFormat format) {
        return new FileEach(base, format);
    }

    /** Everybody, into a stream; one that is closed on the other side fails the writing. */
    public static Destination stream(OutputStream out, SoundFormat format) {
        return new Stream(out, format);
    }

    /** The name, without its end, of a recording that nobody gave one. */
    public static String nameOf(String room, Instant began, ZoneId zone) {
        return FileNames.ofCall(room, began, zone);
    }

    /** What the file says of itself, as {@code TITLE}; Ogg only. */
    public void tag(String name, String value) {
        tags.put(name, value);
    }

    /** Begins. {@code startNanos}: the moment that is the beginning of the sound. */
    public abstract Recording open(long startNanos) throws IOException;

    /** Nothing was heard: what was made for it goes. */
    public void discard() {}

    /** The files that were made. */
    public synchronized List<Path> files() {
        return List.copyOf(files);
    }

    synchronized FileChannel create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        // A pipe or a device that is there already is written to; only a file could be lost.
        Set<StandardOpenOption> how = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)
                ? Set.of(StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        FileChannel channel = how.size() == 1 ? FileChannel.open(file, how) : FileChannel.open(file, how, ownerOnly);
        files.add(file);
        return channel;
    }

    SoundFile sound(FileChannel file, long serial) throws IOException {
        return format == SoundFormat.WAV ? WavFile.into(file) : ogg(Channels.newOutputStream(file), serial);
    }

    SoundFile ogg(OutputStream out, long serial) throws IOException {
        return new OggSound(out, (int) serial, tags);
    }

    static Failure unusable(Path file, IOException e) {
        return switch (e) {
            case FileAlreadyExistsException x -> Failure.badInput(
                    file + " exists, and a recording never takes another one's place.", "Name another file, or move that one away.");
            case NoSuchFileException x -> Failure.badInput(
                    "The folder of " + file + " does not exist.", "Make it, or name another file.");
            case AccessDeniedException x -> Failure.notAllowed(
                    "No permission to write " + file + ".", "Check the folder's owner and mode.");
            default -> new Failure(Problem.badInput(file + " cannot be written.", "Name another file."), e);
        };
    }

    private static final class OneFile extends Destination {
        private final Path path;
        private final FileChannel channel;

        OneFile(Path path, SoundFormat format) {
            super(format);
            this.path = path;
            try {
                channel = create(path);
            } catch (IOException e) {
                throw unusable(path, e);
            }
        }

        @Override
        public Recording open(long startNanos) throws IOException {
            return new MixedRecording(startNanos, sound(channel, startNanos));
        }

        @Override
        public void discard() {
            try (channel) {
                if (Files.isRegularFile(path)) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                // An empty file stays.
            }
        }
    }

    private static final class FileEach extends Destination {
        private final Path base;
        private final SoundFormat format;
        private final FileNames names = new FileNames();

        FileEach(Path base, SoundFormat format) {
            super(format);
            this.base = base;
            this.format = format;
            Path folder = base.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                throw unusable(base, new NoSuchFileException(base.toString()));
            }
            if (!Files.isWritable(folder)) {
                throw unusable(base, new AccessDeniedException(base.toString()));
            }
        }

        private FileChannel next(String participant) throws IOException {
            String name = base.getFileName().toString();
            String end = SoundFormat.of(name) == null ? "." + format.extension() : name.substring(name.lastIndexOf('.'));
            String stem = SoundFormat.of(name) == null ? name : name.substring(0, name.lastIndexOf('.'));
            for (int i = 0; i < 1000; i++) {
                try {
                    return create(base.resolveSibling(stem + "-" + names.ofSpeaker(participant) + end));
                } catch (FileAlreadyExistsException e) {
                    // Of an earlier recording: the next number.
                }
            }
            throw new FileAlreadyExistsException(base.toString());
        }

        @Override
        public Recording open(long startNanos) {
            return format == SoundFormat.WAV
                    ? new SeparateSound(startNanos, who -> sound(next(who), 0))
                    : new SeparateRecording(startNanos, (who, count) -> Channels.newOutputStream(next(who)));
        }
    }

    private static final class Stream extends Destination {
        private final OutputStream out;
        private final SoundFormat format;

        Stream(OutputStream out, SoundFormat format) {
            super(format);
            this.out = out;
            this.format = format;
        }

        @Override
        public Recording open(long startNanos) throws IOException {
            return new MixedRecording(
                    startNanos, format == SoundFormat.WAV ? WavFile.into(out) : ogg(out, startNanos));
        }
    }
}
