import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Rewrites a jar's classes in a newer class file format. picocli is compiled for Java 5, whose classes the JVM keeps in no
 * archive: left as it is, it would be parsed and verified anew at every start.
 */
final class Upgrade {

    private static final int JAVA_21 = 65;

    private Upgrade() {}

    static void jar(Path from, Path to) throws IOException {
        try (var loader = new URLClassLoader(new URL[] {from.toUri().toURL()}, ClassLoader.getSystemClassLoader())) {
            var format = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.ofClassLoading(loader))));
            Jars.copy(from, to, (name, bytes) -> {
                if (name.startsWith("META-INF/versions/") || name.endsWith("module-info.class")) {
                    return null;
                }
                return name.endsWith(".class") ? upgrade(format, bytes) : bytes;
            });
        }
    }

    private static byte[] upgrade(ClassFile format, byte[] bytes) {
        ClassModel model = format.parse(bytes);
        if (model.majorVersion() >= JAVA_21) {
            return bytes;
        }
        return format.transformClass(
                model,
                // Each instruction anew: code that is copied whole gets no stack maps, which the newer format demands.
                ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                        .andThen(ClassTransform.endHandler(b -> b.withVersion(JAVA_21, 0))));
    }
}
