package dev.agentassist.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of the library compiles, and is as short as it says. */
class LibraryExampleTest {

    @TempDir
    Path out;

    @Test
    void itCompiles() throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertTrue(block.find(), "The README has an example in Java.");
        String example = block.group(1);
        assertTrue(example.lines().count() <= 10, example);
        String source = "import dev.agentassist.live.LiveListen;\nclass Example {\n void run(String url, String token) {\n" + example + "}\n}\n";
        var file = new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
                return source;
            }
        };
        var problems = new DiagnosticCollector<JavaFileObject>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-d", out.toString(), "-proc:none"), null, List.of(file))
                .call();
        assertEquals(
                List.of(),
                problems.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).map(Object::toString).toList());
    }
}
