package dev.agentassist.transfer.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.Ports;
import dev.agentassist.testkit.SpeechServer;
import dev.agentassist.testkit.Tones;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A brief said by a model server's speech endpoint, over HTTP. */
class ServerSpeechTest {

    private static final OkHttpClient CLIENT = Http.client(new Http.Options(Duration.ofSeconds(20), null, null, null));

    @TempDir
    private Path scratch;

    private static ServerSpeech speech(String url, String key) {
        return new ServerSpeech(CLIENT, url, key, "tts-1", "nova");
    }

    @Test
    void whatIsAskedForIsOpusInOggAndItIsTakenAsItIs() throws Exception {
        Path ogg = Tones.ogg(scratch.resolve("said.ogg"), Tones.OTHER_AGENT, 1);
        try (var server = new SpeechServer(Files.readAllBytes(ogg))) {
            Sound sound = speech(server.baseUrl() + "/", SpeechServer.KEY).say("The caller was charged twice.");
            assertEquals(Sound.read(ogg).packets().size(), sound.packets().size());
            assertEquals(1, server.requests().size());
            assertEquals(
                    "{\"model\":\"tts-1\",\"voice\":\"nova\",\"input\":\"The caller was charged twice.\",\"response_format\":\"opus\"}",
                    server.requests().getFirst().toString());
        }
    }

    /** As local servers do that know no Opus. */
    @Test
    void aWavFileIsTakenToo() {
        try (var server = new SpeechServer(wav(16_000))) {
            Sound sound = speech(server.baseUrl(), SpeechServer.KEY).say("Yes.");
            assertTrue(sound.packets().size() >= 50, "a second of sound: " + sound.packets().size());
        }
    }

    private static byte[] wav(int samples) {
        var wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1);
        wav.putInt(16_000).putInt(32_000).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return wav.array();
    }

    @Test
    void aRefusalIsSaidWithoutTheKey() {
        try (var server = new SpeechServer(wav(10))) {
            Failure e = assertThrows(Failure.class, () -> speech(server.baseUrl(), "sk-wrong").say("Yes."));
            assertTrue(e.problem() instanceof Problem.Unavailable, e.problem()::toString);
            assertTrue(e.problem().detail().contains("401"), e.problem()::detail);
            assertFalse((e.problem().detail() + e.problem().hint()).contains("sk-wrong"), e.problem()::toString);
        }
    }

    @Test
    void aServerWithoutSpeechAndNoServerAreSaid() {
        try (var server = new SpeechServer(wav(10))) {
            Failure e = assertThrows(Failure.class, () -> speech(server.baseUrl() + "/none", SpeechServer.KEY).say("Yes."));
            assertTrue(e.problem().detail().contains("404"), e.problem()::detail);
        }
        Failure e = assertThrows(Failure.class, () -> speech("http://127.0.0.1:" + Ports.free() + "/v1", null).say("Yes."));
        assertTrue(e.problem() instanceof Problem.Unavailable, e.problem()::toString);
    }

    @Test
    void whatIsNoSoundIsSaid() {
        try (var server = new SpeechServer("ID3 an MP3 file".getBytes(StandardCharsets.US_ASCII))) {
            Failure e = assertThrows(Failure.class, () -> speech(server.baseUrl(), SpeechServer.KEY).say("Yes."));
            assertTrue(e.problem().detail().contains("did not speak"), e.problem()::detail);
        }
    }
}
