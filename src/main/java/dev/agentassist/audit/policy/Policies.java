package dev.agentassist.audit.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The policies that come along. */
public final class Policies {

    /** The first is the one that is taken when none is named. */
    public static final List<String> NAMES = List.of("starter", "bank", "clinic", "delivery");

    private Policies() {}

    /** One of the {@link #NAMES}, as text. */
    public static String text(String name) {
        try (InputStream in = Policies.class.getResourceAsStream("/dev/agentassist/audit/policies/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
