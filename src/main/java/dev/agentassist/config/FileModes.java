package dev.agentassist.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who else may read or change a file. */
final class FileModes {

    private static final int READ_OR_WRITE_BY_OTHERS = 0066;

    private FileModes() {}

    /** The mode as {@code 644} when group or others can read or write the file; empty also where there are no modes. */
    static Optional<String> openToOthers(Path file) {
        try {
            int mode = (int) Files.getAttribute(file, "unix:mode") & 0777;
            return (mode & READ_OR_WRITE_BY_OTHERS) == 0 ? Optional.empty() : Optional.of(Integer.toOctalString(mode));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
