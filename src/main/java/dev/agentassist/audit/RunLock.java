package dev.agentassist.audit;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One run at a time for an output. The operating system's lock, not the file, is what counts: it ends with the process,
 * however that dies. The file stays: removing it would let two runs hold locks of two files of one name.
 */
final class RunLock implements AutoCloseable {

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Fails with {@code Unavailable} when another run holds it. */
    static RunLock take(Path output) {
        Path path = output.resolveSibling("." + output.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // Another run in this process.
            }
            if (lock == null) {
                throw held(output, channel);
            }
            // Nothing else may open and close the file in this process: POSIX would take the lock away.
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return new RunLock(channel);
        } catch (NoSuchFileException e) {
            throw Failure.badInput("The folder of " + output + " does not exist.", "Make it, or name another file.");
        } catch (IOException e) {
            throw new Failure(
                    new Problem.NotAllowed(null, "The lock " + path + " cannot be made.", "Check the folder's owner and mode."), e);
        }
    }

    private static Failure held(Path output, FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        channel.close();
        String pid = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
        String who = pid.matches("\\d+") ? " (process " + pid + ")" : "";
        return Failure.unavailable(
                "Another audit is writing " + output + who + ".", "Wait until it ends, or name another --output.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It ends with the process.
        }
    }
}
