import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** Makes the program's own Java: a jlinked image of the modules that are used, and no more. */
final class Image {

    /** What the program and its libraries use of the JDK; a missing one shows as NoClassDefFoundError in the tests. */
    private static final List<String> MODULES = List.of(
            "java.base", "java.logging", "java.management", "java.naming", "java.security.jgss", "java.sql", "java.xml",
            "jdk.charsets", "jdk.crypto.ec", "jdk.unsupported", "jdk.zipfs");

    /** Security providers in modules that may be left out, by their module. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "SunJGSS", "java.security.jgss",
            "SunSASL", "java.security.sasl",
            "XMLDSig", "java.xml.crypto",
            "SunPCSC", "java.smartcardio",
            "JdkLDAP", "java.naming",
            "JdkSASL", "jdk.security.jgss",
            "SunPKCS11", "jdk.crypto.cryptoki");

    private Image() {}

    static void make(Path output) throws IOException {
        var tool = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("This JDK has no jlink: install a full JDK 25."));
        int code = tool.run(
                System.out,
                System.err,
                "--add-modules", String.join(",", MODULES),
                "--strip-debug", "--no-header-files", "--no-man-pages",
                "--output", output.toString());
        if (code != 0) {
            throw new IllegalStateException("jlink failed with " + code + ".");
        }
        providers(output);
    }

    /**
     * Takes the providers that are not in the image out of its configuration: for each of them the JDK would look through
     * every jar of the class path before it makes a connection.
     */
    private static void providers(Path image) throws IOException {
        String modules = Files.readAllLines(image.resolve("release")).stream()
                .filter(l -> l.startsWith("MODULES="))
                .findFirst()
                .orElseThrow();
        List<String> there = List.of(modules.replaceAll("^MODULES=\"|\"$", "").split(" "));
        Path file = image.resolve("conf/security/java.security");
        var kept = new ArrayList<String>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("security.provider.")) {
                kept.add(line);
                continue;
            }
            String provider = line.substring(line.indexOf('=') + 1);
            String module = PROVIDERS.get(provider);
            if (module == null || there.contains(module)) {
                // A gap in the numbers would end the list.
                kept.add("security.provider." + ++number + "=" + provider);
            }
        }
        Files.write(file, kept);
    }
}
