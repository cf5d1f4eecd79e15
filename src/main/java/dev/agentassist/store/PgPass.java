package dev.agentassist.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL's password file: lines of {@code host:port:database:user:password}, where {@code *} fits all and a backslash
 * keeps a colon. A file that others can read is not used. Source: PostgreSQL's documentation, "The Password File".
 */
final class PgPass {

    private static final int PASSWORD = 4;

    private PgPass() {}

    /** {@code PGPASSFILE}, else {@code ~/.pgpass}. */
    static Path file(Map<String, String> environment, Path home) {
        String named = environment.get("PGPASSFILE");
        return named == null || named.isBlank() ? home.resolve(".pgpass") : Path.of(named);
    }

    static Optional<String> find(Path file, String host, String port, String database, String user) {
        List<String> lines;
        try {
            if (!Files.isRegularFile(file) || openToOthers(file)) {
                return Optional.empty();
            }
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            return Optional.empty();
        }
        List<String> wanted = List.of(host, port, database, user);
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(PgPass::fields)
                .filter(fields -> fields.size() > PASSWORD && fits(fields, wanted))
                .map(fields -> fields.get(PASSWORD))
                .findFirst();
    }

    static boolean openToOthers(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream()
                        .anyMatch(p -> p != PosixFilePermission.OWNER_READ
                                && p != PosixFilePermission.OWNER_WRITE
                                && p != PosixFilePermission.OWNER_EXECUTE);
    }

    private static boolean fits(List<String> fields, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < PASSWORD) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
