package dev.agentassist.tail;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.function.LongFunction;

/**
 * Lines on their way to a reader that may stop reading: whoever adds one never waits. What memory does not take goes to a
 * temporary file, readable by its owner alone, up to a size; what is above that is dropped, counted, and said when there is
 * room again. Interim lines are dropped first.
 */
final class OutputQueue implements AutoCloseable {

    /** Bytes kept in memory. */
    static final int MOST_IN_MEMORY = 8 << 20;
    /** Bytes that wait on disk, as documented in the manual. */
    static final long MOST_ON_DISK = 256L << 20;

    private final PrintStream out;
    private final LongFunction<String> shedLine;
    private final int mostInMemory;
    private final long mostOnDisk;
    private final ArrayDeque<byte[]> memory = new ArrayDeque<>();
    private final Thread writer;
    private int inMemory;
    private Path spill;
    private RandomAccessFile file;
    /** Bytes ever written to the file and read from it; the file is a ring. */
    private long written;
    private long read;
    private long onDisk;
    private long shed;
    /** Lines ever handed to the reader. */
    private long taken;
    private boolean closing;
    private boolean busy;
    private volatile boolean broken;
    private volatile Runnable whenBroken = () -> {};

    OutputQueue(PrintStream out, LongFunction<String> shedLine) {
        this(out, shedLine, MOST_IN_MEMORY, MOST_ON_DISK);
    }

    OutputQueue(PrintStream out, LongFunction<String> shedLine, int mostInMemory, long mostOnDisk) {
        this.out = out;
        this.shedLine = shedLine;
        this.mostInMemory = mostInMemory;
        this.mostOnDisk = mostOnDisk;
        writer = Thread.ofPlatform().daemon().name("tail-output").start(this::run);
    }

    /** Called once, on the writing thread, when the reader has gone away. */
    void whenBroken(Runnable task) {
        whenBroken = task;
        if (broken) {
            task.run();
        }
    }

    synchronized void add(String text, boolean replaceable) {
        if (text.isEmpty() || broken || closing) {
            return;
        }
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        boolean spilling = written > read;
        if (!spilling && inMemory + line.length <= mostInMemory || memory.isEmpty() && !spilling) {
            memory.add(line);
            inMemory += line.length;
        } else if (!replaceable) {
            spill(line);
        }
        notifyAll();
    }

    /** The file holds a length before each line. What was read makes room: a reader that is only slow loses nothing. */
    private void spill(byte[] line) {
        try {
            if (written - read + line.length + 4 > mostOnDisk) {
                shed++;
                return;
            }
            if (file == null) {
                spill = Files.createTempFile("assist-tail-", ".lines");
                spill.toFile().deleteOnExit();
                file = new RandomAccessFile(spill.toFile(), "rw");
            }
            put(written, ByteBuffer.allocate(4).putInt(line.length).array());
            put(written + 4, line);
            written += line.length + 4L;
            onDisk++;
        } catch (IOException e) {
            // No room on the disk.
            shed++;
        }
    }

    private void put(long position, byte[] bytes) throws IOException {
        long at = position % mostOnDisk;
        int first = (int) Math.min(bytes.length, mostOnDisk - at);
        file.seek(at);
        file.write(bytes, 0, first);
        if (first < bytes.length) {
            file.seek(0);
            file.write(bytes, first, bytes.length - first);
        }
    }

    private byte[] get(long position, int length) throws IOException {
        long at = position % mostOnDisk;
        byte[] bytes = new byte[length];
        int first = (int) Math.min(length, mostOnDisk - at);
        file.seek(at);
        file.readFully(bytes, 0, first);
        if (first < length) {
            file.seek(0);
            file.readFully(bytes, first, length - first);
        }
        return bytes;
    }

    private void run() {
        while (true) {
            byte[] line;
            synchronized (this) {
                busy = false;
                line = next();
                while (line == null) {
                    if (closing) {
                        notifyAll();
                        return;
                    }
                    notifyAll();
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                    line = next();
                }
                busy = true;
                taken++;
                // A drain looks at this.
                notifyAll();
            }
            out.write(line, 0, line.length);
            boolean more;
            synchronized (this) {
                more = !memory.isEmpty() || written > read;
            }
            // Flushed at once, but not between lines that are ready together.
            if (!more) {
                out.flush();
            }
            if (!more && out.checkError() || more && line.length > 0 && out.checkError()) {
                broken();
                return;
            }
        }
    }

    private void broken() {
        synchronized (this) {
            broken = true;
            memory.clear();
            inMemory = 0;
            notifyAll();
        }
        whenBroken.run();
    }

    private byte[] next() {
        byte[] line = memory.poll();
        if (line != null) {
            inMemory -= line.length;
            return line;
        }
        if (written > read) {
            return fromDisk();
        }
        if (shed > 0) {
            String said = shedLine.apply(shed);
            shed = 0;
            return said.getBytes(StandardCharsets.UTF_8);
        }
        return null;
    }

    private byte[] fromDisk() {
        try {
            byte[] line = get(read + 4, ByteBuffer.wrap(get(read, 4)).getInt());
            read += line.length + 4L;
            onDisk--;
            if (read == written) {
                file.setLength(0);
                read = 0;
                written = 0;
            }
            return line;
        } catch (IOException e) {
            shed += onDisk;
            onDisk = 0;
            read = 0;
            written = 0;
            return new byte[0];
        }
    }

    /** Whether the reader has gone away. */
    boolean isBroken() {
        return broken;
    }

    /**
     * Waits until all has been written, for as long as the reader goes on reading. Returns how many lines it did not take
     * although it had so long for one of them; 0 where it has gone away.
     */
    long drain(long millisForALine) throws InterruptedException {
        synchronized (this) {
            long before = taken;
            long end = System.nanoTime() + millisForALine * 1_000_000;
            while (!broken && (busy || !memory.isEmpty() || written > read || shed > 0)) {
                if (taken != before) {
                    before = taken;
                    end = System.nanoTime() + millisForALine * 1_000_000;
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return (busy ? 1 : 0) + memory.size() + onDisk + shed;
                }
                wait(left);
            }
            return 0;
        }
    }

    /** Whatever was not written by now is dropped. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            memory.clear();
            read = written;
            onDisk = 0;
            notifyAll();
        }
        try {
            if (file != null) {
                file.close();
                Files.deleteIfExists(spill);
            }
        } catch (IOException e) {
            // It lies in the folder for temporary files.
        }
    }
}
