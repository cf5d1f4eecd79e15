import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Cuts a library down to the classes that are reached from the program. The OpenAI SDK has some 37,000 classes, of which
 * the chat completions need a few hundred.
 *
 * <p>A class is reached when any text in the constant pool of a reached class names it: that covers code, signatures,
 * annotations and names that reflection uses, and errs only on the side of keeping too much.
 */
final class Shrink {

    private Shrink() {}

    /**
     * @param libraries the jars to cut down, merged into one
     * @param roots jars whose every class is reached
     * @param prefix the library's packages, {@code com/example/}
     */
    static void jars(List<Path> libraries, List<Path> roots, String prefix, Path to) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(prefix).replace("/", "\\E[/.]\\Q") + "[\\w$/.]+");
        Map<String, byte[]> classes = new LinkedHashMap<>();
        Map<String, byte[]> resources = new LinkedHashMap<>();
        for (Path library : libraries) {
            read(library, classes, resources);
        }
        Map<String, byte[]> program = new LinkedHashMap<>();
        for (Path root : roots) {
            read(root, program, new LinkedHashMap<>());
        }
        var reached = new TreeSet<String>();
        var queue = new ArrayDeque<byte[]>(program.values());
        while (!queue.isEmpty()) {
            for (PoolEntry entry : ClassFile.of().parse(queue.remove()).constantPool()) {
                if (entry instanceof Utf8Entry text) {
                    Matcher matcher = name.matcher(text.stringValue());
                    while (matcher.find()) {
                        String found = matcher.group().replace('.', '/');
                        byte[] bytes = classes.get(found);
                        if (bytes != null && reached.add(found)) {
                            queue.add(bytes);
                        }
                    }
                }
            }
        }
        try (var out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (String path : reached) {
                Jars.put(out, path + ".class", classes.get(path));
            }
            for (var resource : resources.entrySet()) {
                // Rules for shrinkers and Kotlin's own tables are of no use at run time.
                if (!resource.getKey().matches("META-INF/(MANIFEST\\.MF|proguard/.*|.*\\.kotlin_module)")) {
                    Jars.put(out, resource.getKey(), resource.getValue());
                }
            }
        }
    }

    private static void read(Path jar, Map<String, byte[]> classes, Map<String, byte[]> resources) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                String path = entry.getName();
                if (path.endsWith(".class") && !path.endsWith("module-info.class")) {
                    classes.put(path.substring(0, path.length() - ".class".length()), bytes);
                } else if (!path.endsWith(".class")) {
                    resources.putIfAbsent(path, bytes);
                }
            }
        }
    }
}
