import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Rewrites jars, entry by entry, always to the same bytes. */
final class Jars {

    /** A fixed time: the same input gives the same jar. */
    static final long TIME = 1_700_000_000_000L;

    private Jars() {}

    /** Given an entry's name and bytes, returns the bytes to keep, or null to leave it out. */
    interface Edit {
        byte[] apply(String name, byte[] bytes) throws IOException;
    }

    static void copy(Path from, Path to, Edit edit) throws IOException {
        try (ZipFile in = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.isDirectory() || isSignature(entry.getName())) {
                    continue;
                }
                byte[] kept = edit.apply(entry.getName(), in.getInputStream(entry).readAllBytes());
                if (kept != null) {
                    put(out, entry.getName(), kept);
                }
            }
        }
    }

    static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(TIME);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    private static boolean isSignature(String name) {
        return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }
}
