package dev.agentassist.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Fixed;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTreeTest {

    private interface Reader {
        JsonNode read(String text) throws JsonProcessingException;
    }

    /** The tree, or that it is refused. */
    private static Object read(Reader reader, String text) {
        try {
            return reader.read(text);
        } catch (JsonProcessingException e) {
            return "refused";
        }
    }

    private static void same(String text) {
        assertEquals(read(Json.MAPPER::readTree, text), read(JsonTree::read, text), text);
    }

    @Property(seed = Fixed.SEED)
    void readsWhatTheMapperReads(@ForAll("documents") String text) throws JsonProcessingException {
        assertEquals(Json.MAPPER.readTree(text), JsonTree.read(text));
    }

    @Property(seed = Fixed.SEED)
    void writesWhatANodeSaysOfItself(@ForAll("documents") String text) throws JsonProcessingException {
        JsonNode tree = JsonTree.read(text);
        assertEquals(tree.toString(), JsonTree.write(tree));
        assertEquals("1.5", JsonTree.write(Json.MAPPER.getNodeFactory().numberNode(1.5)));
    }

    @Property(seed = Fixed.SEED)
    void refusesWhatTheMapperRefuses(@ForAll("pieces") String text) {
        same(text);
    }

    @Property(seed = Fixed.SEED)
    void refusesTornDocuments(@ForAll("documents") String text, @ForAll int at) {
        same(text.substring(0, Math.floorMod(at, text.length() + 1)));
    }

    @Example
    void takesEveryKindOfNumberAsTheMapperDoes() {
        for (String number : new String[] {"0", "-1", "2147483648", "99999999999999999999", "1.0", "1795348800.000", "1e3", "-0.0", "1E-7", "01", "1.", "NaN"}) {
            same(number);
        }
    }

    @Example
    void refusesAKeyThatStandsTwiceAndWhatIsTooDeep() {
        assertThrows(JsonProcessingException.class, () -> JsonTree.read("{\"a\":1,\"a\":2}"));
        assertThrows(JsonProcessingException.class, () -> JsonTree.read("[".repeat(201) + "]".repeat(201)));
        same("[".repeat(200) + "]".repeat(200));
        same("");
        same(" ");
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> plain = Arbitraries.of("1", "-20", "3.50", "12345678901", "true", "false", "null", "\"\"", "\"a \\u00e9\\n\"", "\"“x”\"", "{}", "[]", "1e2");
        return Arbitraries.recursive(
                () -> plain,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(l -> "[" + String.join(" , ", l) + "]"),
                        inner.list().ofMaxSize(4).map(l -> {
                            var object = new StringBuilder("{");
                            for (int i = 0; i < l.size(); i++) {
                                object.append(i > 0 ? "," : "").append("\"k").append(i).append("\":").append(l.get(i));
                            }
                            return object.append('}').toString();
                        })),
                0, 3);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of("{", "}", "[", "]", ",", ":", "\"a\"", "\"b", "1", "-", ".5", "true", "nul", " ", "\n", "/*x*/", "'a'").list().ofMaxSize(8).map(l -> String.join("", l));
    }
}
