package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/**
 * The folder that keeps real parts between runs: {@code agent-assist/parts} in the user's cache. A part is built beside
 * its place and renamed into it, under a lock that other processes honour, so that it is whole or not there.
 */
final class PartsCache {

    /** Puts a part into an empty folder. */
    interface Builder {
        void build(Path folder) throws IOException;
    }

    private static final Object ONE_AT_A_TIME = new Object();

    private PartsCache() {}

    static Path root() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache != null && cache.startsWith("/")
                ? Path.of(cache)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("agent-assist").resolve("parts");
    }

    /** The folder of a part, built when there is none that is {@code good}. */
    static Path part(String name, Predicate<Path> good, Builder builder) {
        Path place = root().resolve(name);
        return locked(name, () -> {
            if (Files.isDirectory(place) && good.test(place)) {
                return place;
            }
            Path beside = place.resolveSibling(name + ".new");
            delete(beside);
            Files.createDirectories(beside);
            builder.build(beside);
            if (!good.test(beside)) {
                throw new AssertionError("The part " + name + " was built but is not what it should be: see " + beside + ".");
            }
            delete(place);
            Files.move(beside, place);
            return place;
        });
    }

    /** Something done under a part's lock. */
    interface Work<T> {
        T run() throws IOException;
    }

    static <T> T locked(String name, Work<T> work) {
        // A file lock holds between processes only, not between threads of one.
        synchronized (ONE_AT_A_TIME) {
            try {
                Files.createDirectories(root());
                try (var channel = FileChannel.open(
                                root().resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    return work.run();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The part " + name + " cannot be had: " + e.getMessage(), e);
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
