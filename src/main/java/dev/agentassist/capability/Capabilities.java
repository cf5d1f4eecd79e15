package dev.agentassist.capability;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.capability.Tried.Feature;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A small file of what was tried last, by the LiveKit server's address: {@code {"wss://host": {"move_participant": {"works":
 * false, "detail": "…", "at": "2026-11-24T18:00:00Z"}}}}. It is a memory, not a record: one that cannot be read is empty, and
 * one that cannot be written stays as it was.
 */
public final class Capabilities {

    private static final int LARGEST = 1 << 20;

    private final Path file;

    public Capabilities(Path file) {
        this.file = file;
    }

    /** The last time that it was tried on this server. */
    public Optional<Tried> last(String server, Feature feature) {
        JsonNode node = read().path(server).path(name(feature));
        try {
            return node.path("at").isTextual() && node.path("works").isBoolean()
                    ? Optional.of(new Tried(feature, node.path("works").asBoolean(), node.path("detail").asText(""), Instant.parse(node.path("at").asText())))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Remembers it. Written beside and renamed; of two at once the later stays. */
    public void note(String server, Tried... tried) {
        ObjectNode all = read();
        ObjectNode of = all.path(server).isObject() ? (ObjectNode) all.path(server) : all.putObject(server);
        for (Tried one : tried) {
            of.putObject(name(one.feature()))
                    .put("works", one.works())
                    .put("detail", one.detail())
                    .put("at", one.at().toString());
        }
        Path beside = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(beside, Json.pretty().writeValueAsString(all) + "\n");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            beside.toFile().delete();
        }
    }

    private static String name(Feature feature) {
        return feature.name().toLowerCase(java.util.Locale.ROOT);
    }

    private ObjectNode read() {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    && Json.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Somebody wrote in it: it is begun anew.
        } catch (IOException e) {
            // Not to be read.
        }
        return Json.MAPPER.createObjectNode();
    }
}
