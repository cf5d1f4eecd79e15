package dev.agentassist.testkit;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published shape of a brief, for every brief that a test makes. */
public final class BriefSchema {

    private BriefSchema() {}

    /** What of a brief's JSON is not as published; empty when all is. */
    public static List<String> violations(String json) {
        return schema().validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private static Schema schema() {
        try (InputStream in = BriefSchema.class.getResourceAsStream("/dev/agentassist/brief/brief.schema.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
