package dev.agentassist.transfer.sound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.live.audio.OggOpusFile;
import dev.agentassist.problem.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The speech endpoint of an OpenAI-compatible server ({@code POST /audio/speech}); Opus in Ogg or a WAV file is taken. */
public final class ServerSpeech implements Speech {

    private static final MediaType TYPE = MediaType.get("application/json");

    private final OkHttpClient http;
    private final String baseUrl;
    private final String key;
    private final String model;
    private final String voice;

    /** {@code key}: or null for a server that wants none. */
    public ServerSpeech(OkHttpClient http, String baseUrl, String key, String model, String voice) {
        this.http = http;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
        this.key = key;
        this.model = model;
        this.voice = voice;
    }

    @Override
    public Sound say(String text) {
        ObjectNode request = Json.MAPPER.createObjectNode()
                .put("model", model).put("voice", voice).put("input", text).put("response_format", "opus");
        var post = new Request.Builder().url(baseUrl + "/audio/speech").post(RequestBody.create(request.toString(), TYPE));
        if (key != null) {
            post.header("Authorization", "Bearer " + key);
        }
        try (Response response = http.newCall(post.build()).execute()) {
            byte[] body = response.body().bytes();
            if (!response.isSuccessful()) {
                throw Failure.unavailable(
                        "The model server cannot speak (HTTP status " + response.code() + ").", "Check transfer.speech, --base-url and its key.");
            }
            boolean wav = body.length > 4 && Arrays.equals(Arrays.copyOf(body, 4), new byte[] {'R', 'I', 'F', 'F'});
            return wav
                    ? WavSound.encode(body)
                    : new Sound(OggOpusFile.read(new ByteArrayInputStream(body), "the speech").packets());
        } catch (IOException e) {
            throw Failure.unavailable(
                    "The model server did not speak: " + e.getClass().getSimpleName() + ".", "Check --base-url, or use --brief terminal.");
        }
    }
}
