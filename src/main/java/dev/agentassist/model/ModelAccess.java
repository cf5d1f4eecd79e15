package dev.agentassist.model;

import java.net.URI;
import java.time.Duration;

/**
 * Where a model is.
 *
 * @param model its name on that server
 * @param baseUrl an OpenAI-compatible API, as {@code http://127.0.0.1:8080/v1}; null for OpenAI's own
 * @param apiKey or null: many local servers want none
 * @param timeout for one answer, retries included
 */
public record ModelAccess(String model, String baseUrl, String apiKey, Duration timeout) {

    /** The server as a message names it, without a password. */
    String server() {
        String host = host();
        return host == null ? "The model server" : "The model server " + host;
    }

    String host() {
        if (baseUrl == null) {
            return null;
        }
        try {
            URI uri = URI.create(baseUrl);
            return uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "ModelAccess[" + model + " at " + host() + "]";
    }
}
