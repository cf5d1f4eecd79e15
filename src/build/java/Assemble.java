import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Assembles the program's folder: {@code bin} (launchers), {@code lib} (jars, native library, AOT cache), {@code runtime}
 * (a jlinked Java), {@code share} (completions, manual pages, snippets). Run by the build with the JDK of the toolchain:
 *
 * <pre>java src/build/java/Assemble.java PROGRAM_JAR DEPENDENCIES_FOLDER OUTPUT_FOLDER PROJECT_FOLDER TIME</pre>
 *
 * <p>All files get the same time, so that an archive that keeps it is the same whenever it is made, and the AOT caches, which
 * fit only jars of the size and time that they were made with, fit what is unpacked from it.
 */
public final class Assemble {

    private final Path jar;
    private final Path dependencies;
    private final Path output;
    private final Path project;
    private final FileTime time;
    private final Path work;

    private Assemble(Path jar, Path dependencies, Path output, Path project, FileTime time) {
        this.time = time;
        this.jar = jar;
        this.dependencies = dependencies;
        this.output = output;
        this.project = project;
        this.work = output.resolveSibling(output.getFileName() + ".new");
    }

    public static void main(String[] args) throws Exception {
        new Assemble(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), FileTime.from(Instant.parse(args[4])))
                .run();
    }

    private void run() throws Exception {
        delete(work);
        Files.createDirectories(work.resolve("lib"));
        Image.make(work.resolve("runtime"));
        libraries();
        copyTree(project.resolve("src/build/dist"), work);
        share();
        buildId();
        help();
        // Launchers of a checkout may have lost their mode.
        executable(work.resolve("bin/assist"));
        delete(output);
        Files.move(work, output);
        setTimes();
        // After the move: the cache knows where its jars are.
        Train.run(output);
        setTimes();
    }

    private void libraries() throws IOException {
        Path lib = work.resolve("lib");
        var openai = new ArrayList<Path>();
        var bouncyCastle = new ArrayList<Path>();
        try (Stream<Path> jars = Files.list(dependencies)) {
            for (Path dependency : jars.sorted().toList()) {
                String name = dependency.getFileName().toString();
                if (name.startsWith("picocli-")) {
                    Upgrade.jar(dependency, lib.resolve("picocli.jar"));
                } else if (name.startsWith("openai-java")) {
                    openai.add(dependency);
                } else if (name.matches("bc(prov|util|tls|pkix)-.*")) {
                    bouncyCastle.add(dependency);
                } else if (name.startsWith("sqlite-jdbc-")) {
                    sqlite(dependency, lib);
                } else if (isEmpty(dependency)) {
                    continue;
                } else {
                    Jars.copy(dependency, lib.resolve(name), Assemble::plain);
                }
            }
        }
        Shrink.jars(bouncyCastle, List.of(jar), "org/bouncycastle/", lib.resolve("bouncycastle.jar"));
        Shrink.jars(openai, List.of(jar), "com/openai/", lib.resolve("openai-java.jar"));
        program(lib);
    }

    /**
     * The program's jar with the others in its manifest, by name and in a fixed order: the AOT cache fits only a class
     * path that is the same to the letter, wherever the folder lies.
     */
    private void program(Path lib) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(lib)) {
            names = files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".jar")).sorted().toList();
        }
        Jars.copy(jar, lib.resolve("assist.jar"), (name, bytes) -> {
            if (!name.equals("META-INF/MANIFEST.MF")) {
                return bytes;
            }
            var manifest = new Manifest(new ByteArrayInputStream(bytes));
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.agentassist.Main");
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
            var out = new ByteArrayOutputStream();
            manifest.write(out);
            return out.toByteArray();
        });
    }

    /**
     * Without the announcement of a security provider: the JDK would load each one that it finds before it makes a
     * connection. Who needs one names it.
     */
    private static byte[] plain(String name, byte[] bytes) {
        return name.equals("META-INF/services/java.security.Provider") ? null : bytes;
    }

    /** Jars that hold nothing but metadata (a platform's marker, an alias) only cost time at start-up. */
    private static boolean isEmpty(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream().noneMatch(e -> e.getName().endsWith(".class") && !e.getName().endsWith("module-info.class"));
        }
    }

    /** The driver without the native libraries of other platforms; ours lies beside it, so that none is unpacked. */
    private static void sqlite(Path jar, Path lib) throws IOException {
        String os = System.getProperty("os.name").toLowerCase().contains("mac")
                ? "Mac"
                : System.getProperty("os.name").toLowerCase().contains("win") ? "Windows" : muslOrGlibc();
        String arch = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            default -> System.getProperty("os.arch");
        };
        String ours = "org/sqlite/native/" + os + "/" + arch + "/";
        boolean[] found = {false};
        Jars.copy(jar, lib.resolve("sqlite-jdbc.jar"), (name, bytes) -> {
            if (name.startsWith(ours)) {
                Files.write(lib.resolve(name.substring(ours.length())), bytes);
                found[0] = true;
            }
            return name.startsWith("org/sqlite/native/") ? null : bytes;
        });
        if (!found[0]) {
            throw new IllegalStateException("sqlite-jdbc has no native library for " + os + "/" + arch + ".");
        }
    }

    private static String muslOrGlibc() {
        return Files.exists(Path.of("/lib/ld-musl-x86_64.so.1")) || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"))
                ? "Linux-Musl"
                : "Linux";
    }

    private void share() throws IOException {
        copyTree(project.resolve("completions"), work.resolve("share/completions"));
        copyTree(project.resolve("man"), work.resolve("share/man/man1"));
        copyTree(project.resolve("src/snippets"), work.resolve("share/snippets"));
        Path audit = project.resolve("src/main/resources/dev/agentassist/audit");
        copyTree(audit.resolve("policies"), work.resolve("share/policies"));
        Files.copy(audit.resolve("policy.schema.json"), work.resolve("share/policies/policy.schema.json"));
        for (String file : List.of("LICENSE", "README.md")) {
            if (Files.exists(project.resolve(file))) {
                Files.copy(project.resolve(file), work.resolve(file));
            }
        }
    }

    /** Names this build: whatever is cached for another one does not fit. */
    private void buildId() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.list(work.resolve("lib"))) {
            for (Path file : files.sorted().toList()) {
                digest.update(file.getFileName().toString().getBytes());
                digest.update(Files.readAllBytes(file));
            }
        }
        String version = jar.getFileName().toString().replaceAll("^assist-|\\.jar$", "");
        Files.writeString(
                work.resolve("lib/BUILD"), HexFormat.of().formatHex(digest.digest(), 0, 8) + " " + version + "\n");
    }

    /** Each command's help, which the launcher prints without Java. */
    private void help() throws Exception {
        Process java = new ProcessBuilder(
                        work.resolve("runtime/bin/java").toString(),
                        "-cp", work.resolve("lib/assist.jar").toString(),
                        "dev.agentassist.HelpPages", work.resolve("lib/help").toString())
                .inheritIO()
                .start();
        if (java.waitFor() != 0) {
            throw new IllegalStateException("The help could not be written.");
        }
    }

    private void setTimes() throws IOException {
        try (Stream<Path> all = Files.walk(output)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.setLastModifiedTime(path, time);
            }
        }
    }

    private static void executable(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.getFileName().toString().equals("node_modules")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
