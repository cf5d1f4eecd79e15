package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgPassTest {

    @TempDir
    Path home;

    private Optional<String> find(String lines, String mode, String host, String database) throws Exception {
        Path file = PgPass.file(Map.of(), home);
        Files.writeString(file, lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return PgPass.find(file, host, "5432", database, "anna");
    }

    @Test
    void theFirstLineThatFitsCounts() throws Exception {
        String lines = "# host:port:database:user:password\nother:5432:calls:anna:no\n*:*:calls:anna:a\\:b\\\\c\n*:*:*:*:last\n";
        assertEquals(Optional.of("a:b\\c"), find(lines, "rw-------", "h", "calls"));
        assertEquals(Optional.of("last"), find(lines, "rw-------", "h", "crm"));
        assertEquals(Optional.of("no"), find(lines, "rw-------", "other", "calls"));
    }

    @Test
    void aPasswordMayHoldColons() throws Exception {
        assertEquals(Optional.of("a:b"), find("h:5432:db:anna:a:b", "rw-------", "h", "db"));
    }

    @Test
    void aFileThatOthersCanReadIsNotUsed() throws Exception {
        assertEquals(Optional.empty(), find("*:*:*:*:secret\n", "rw-r--r--", "h", "db"));
    }

    @Test
    void withoutAFileOrAFittingLineThereIsNone() throws Exception {
        assertEquals(Optional.empty(), PgPass.find(home.resolve("none"), "h", "5432", "db", "anna"));
        assertEquals(Optional.empty(), find("h:5432:db:ben:x\nbroken\n\n", "rw-------", "h", "db"));
    }

    @Test
    void theEnvironmentNamesAnother() {
        assertEquals(Path.of("/etc/pw"), PgPass.file(Map.of("PGPASSFILE", "/etc/pw"), home));
    }
}
