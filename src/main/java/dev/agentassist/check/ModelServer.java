package dev.agentassist.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * An OpenAI-compatible server as far as a check needs it: {@code GET /models}
 * (<a href="https://platform.openai.com/docs/api-reference/models/list">API reference</a>). The SDK is far slower to load
 * than this request is to make.
 */
public final class ModelServer {

    /** A list of models is some kilobytes. */
    private static final long LARGEST = 4L << 20;

    private final OkHttpClient http;
    private final String baseUrl;
    private final String apiKey;

    /** {@code apiKey} may be null: many local servers want none. */
    public ModelServer(OkHttpClient http, String baseUrl, String apiKey) {
        this.http = http;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
        this.apiKey = apiKey;
    }

    /** Whether it answers, takes the key and has the model. */
    Finding check(String model) {
        var request = new Request.Builder().url(baseUrl + "/models").header("Accept", "application/json");
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            if (response.code() == 401 || response.code() == 403) {
                return Finding.failed(
                        "model",
                        describe() + (apiKey == null ? " wants a key." : " refuses the key."),
                        "Set OPENAI_API_KEY, or run: assist config set openai.api_key");
            }
            if (!response.isSuccessful()) {
                return Finding.failed(
                        "model",
                        describe() + " answers /models with HTTP status " + response.code() + ".",
                        "Check openai.base_url: it usually ends in /v1.");
            }
            return models(response.body(), model);
        } catch (IOException e) {
            throw Failure.unavailable(describe() + " cannot be reached: " + why(e) + ".", "Check openai.base_url and the network.");
        }
    }

    /**
     * How many tokens the model takes in, where the server says so in its list: {@code max_model_len} (vLLM), {@code
     * meta.n_ctx} (llama.cpp), {@code context_length} or {@code context_window} (others). Empty in all other cases.
     */
    public OptionalInt context(String model) {
        var request = new Request.Builder().url(baseUrl + "/models").header("Accept", "application/json");
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            JsonNode data = Json.MAPPER.readTree(response.body().byteStream().readNBytes((int) LARGEST)).path("data");
            for (JsonNode one : data) {
                if (one.path("id").asText().equals(model) || data.size() == 1) {
                    for (String field : List.of("/max_model_len", "/meta/n_ctx", "/context_length", "/context_window")) {
                        if (one.at(field).canConvertToInt() && one.at(field).asInt() > 0) {
                            return OptionalInt.of(one.at(field).asInt());
                        }
                    }
                }
            }
        } catch (IOException e) {
            // Whether it answers is another check's.
        }
        return OptionalInt.empty();
    }

    private Finding models(ResponseBody body, String model) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            byte[] bytes = body.byteStream().readNBytes((int) LARGEST);
            JsonNode data = Json.MAPPER.readTree(bytes).path("data");
            if (!data.isArray()) {
                return noList();
            }
            data.forEach(m -> names.add(m.path("id").asText()));
        } catch (JsonProcessingException e) {
            return noList();
        }
        if (model == null) {
            return Finding.warning(
                    "model",
                    describe() + " answers, but no model is chosen.",
                    "Set ASSIST_MODEL, or run: assist config set model NAME");
        }
        // llama.cpp and others serve their one model under any name.
        return names.contains(model)
                ? Finding.ok("model", describe() + " answers and has " + model + ".")
                : Finding.warning(
                        "model",
                        describe() + " answers, but does not list " + model + ".",
                        names.isEmpty() || names.size() > 8
                                ? "Check model."
                                : "Check model; it lists " + String.join(", ", names) + ".");
    }

    private Finding noList() {
        return Finding.failed(
                "model",
                describe() + " answers, but not as an OpenAI-compatible server.",
                "Check openai.base_url: it usually ends in /v1.");
    }

    private String describe() {
        return "The model server " + baseUrl;
    }

    private static String why(IOException e) {
        return switch (e) {
            case UnknownHostException u -> "its name cannot be resolved";
            case ConnectException c -> "it refuses the connection";
            case SSLException s -> "the TLS connection failed (" + s.getClass().getSimpleName() + ")";
            case InterruptedIOException i -> "it did not answer in time";
            default -> "the connection failed (" + e.getClass().getSimpleName() + ")";
        };
    }
}
