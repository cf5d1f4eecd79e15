package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** Those for whom the program writes: each takes a text, or fails the test with what it does not like. */
public final class Consumers {

    private static final String FAMILIES = """
            import json, sys
            from prometheus_client.parser import text_string_to_metric_families as families
            print(json.dumps([{"name": f.name, "type": f.type, "help": f.documentation,
                               "samples": [{"name": s.name, "labels": s.labels, "value": s.value} for s in f.samples]}
                              for f in families(open(sys.argv[1], encoding="utf-8").read())]))
            """;

    private Consumers() {}

    /** A CI system that reads JUnit's XML: the schema of Jenkins' xUnit plugin. */
    public static void junit(String xml) {
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(Parts.consumers().resolve("junit-10.xsd").toFile())
                    .newValidator()
                    .validate(new StreamSource(new StringReader(xml)));
        } catch (SAXException e) {
            throw new AssertionError("This is not JUnit's XML: " + e.getMessage() + "\n" + xml, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prometheus's own parser: the families that it read, {@code [{name, type, help, samples: [{name, labels, value}]}]}. */
    public static JsonNode prometheus(Path file) {
        try {
            return new ObjectMapper().readTree(python("-c", FAMILIES, file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GitHub Actions: the published schema of workflows. */
    public static void workflow(Path file) {
        Tool.of(Parts.consumers().resolve("bin/python").toString(), "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", file.toString())
                .run();
    }

    /** Kubernetes: its published schemas, strictly. */
    public static void kubernetes(Path file) {
        python("-m", "kubernetes_validate", "--strict", file.toString());
    }

    /** The documents of a YAML file. */
    public static JsonNode yaml(Path file) {
        try {
            return new ObjectMapper()
                    .readTree(python("-c", "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))", file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String python(String... words) {
        var command = new String[words.length + 1];
        command[0] = Parts.consumers().resolve("bin/python").toString();
        System.arraycopy(words, 0, command, 1, words.length);
        return Tool.of(command).run();
    }

    /** A file with this text, for those who read files. */
    public static Path file(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
