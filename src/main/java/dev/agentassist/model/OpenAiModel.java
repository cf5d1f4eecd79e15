package dev.agentassist.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import com.openai.services.blocking.chat.ChatCompletionService;
import com.openai.services.blocking.chat.ChatCompletionServiceImpl;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;

/**
 * A model behind an OpenAI-compatible chat completions API
 * (<a href="https://platform.openai.com/docs/api-reference/chat/create">API reference</a>), through OpenAI's own SDK. Asks
 * as strictly as the server takes it, tries again where that helps, and never longer than its time.
 *
 * <p>Not for several threads at once.
 */
public final class OpenAiModel implements ChatModel {

    /** A server that asks to be left alone for longer is taken at its word at once. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** How often the same request is sent again after a passing failure. */
    private static final int RETRIES = 2;

    /** How often a question is put in all, whatever the reason. */
    private static final int MOST_REQUESTS = 12;

    /** An answer that was cut off is asked for once more with so many times the room: reasoning counts, too. */
    private static final int MORE_ROOM = 4;

    private final ModelAccess access;
    private final ChatCompletionService completions;
    private final Dialect dialect;
    private final Clock clock;
    private final Consumer<Duration> sleeper;

    public OpenAiModel(ModelAccess access, OkHttpClient http) {
        this(access, http, Clock.systemUTC(), OpenAiModel::sleep);
    }

    /** One of several that ask the same server: where it tells one to wait, all do. */
    public OpenAiModel(ModelAccess access, OkHttpClient http, Pace pace) {
        this(access, http, Clock.systemUTC(), pace);
    }

    /** @param sleeper waits */
    OpenAiModel(ModelAccess access, OkHttpClient http, Clock clock, Consumer<Duration> sleeper) {
        this.access = access;
        this.clock = clock;
        this.sleeper = sleeper;
        // A server that sends us elsewhere gets neither the key nor the call a second time.
        OkHttpClient patient = http.newBuilder()
                .readTimeout(access.timeout())
                .callTimeout(access.timeout())
                .followRedirects(false)
                .build();
        var options = ClientOptions.builder()
                .httpClient(new SdkTransport(patient, access.apiKey() != null, clock))
                .checkJacksonVersionCompatibility(false)
                .disableTelemetry(true)
                .maxRetries(0)
                .apiKey(access.apiKey() == null ? "none" : access.apiKey());
        if (access.baseUrl() != null) {
            options.baseUrl(access.baseUrl().replaceAll("/+$", ""));
        }
        // Not the whole client: it knows every service, and the packaged program would have to hold them all.
        this.completions = new ChatCompletionServiceImpl(options.build());
        String host = access.host() == null ? "openai.com" : access.host().replaceFirst(":\\d+$", "");
        this.dialect = new Dialect(host.endsWith("openai.com") || host.endsWith("azure.com"));
    }

    @Override
    public String name() {
        return access.model();
    }

    /** How the server is asked by now, in words: {@code a strict JSON schema}, {@code JSON mode…}. */
    public String manner() {
        return dialect.describe();
    }

    @Override
    public Answer ask(Question question) {
        long end = clock.millis() + access.timeout().toMillis();
        int room = question.maxTokens();
        int retries = 0;
        for (int request = 0; request < MOST_REQUESTS; request++) {
            if (clock.millis() >= end) {
                throw tooSlow(null);
            }
            try {
                ChatCompletion completion = completions.create(params(question, room));
                if (cutOff(completion) && room == question.maxTokens()) {
                    room *= MORE_ROOM;
                    continue;
                }
                Optional<ObjectNode> json = json(completion);
                if (json.isPresent()) {
                    return answer(json.get(), completion);
                }
                if (cutOff(completion) || !dialect.plainer()) {
                    throw unusable(completion);
                }
            } catch (ServerRefusal e) {
                if (e.passing() && !aboutTheRequest(e)) {
                    if (retries++ >= RETRIES) {
                        throw failing(e);
                    }
                    pause(e, retries, end);
                } else if (tooLong(e)) {
                    throw new ContextExceeded();
                } else if (!learn(e)) {
                    throw refused(e);
                }
            } catch (SdkTransport.NoCompletion e) {
                throw unavailable(" answers, but not as an OpenAI-compatible server.", "Check openai.base_url: it usually ends in /v1.", null);
            } catch (UncheckedIOException e) {
                IOException cause = e.getCause();
                boolean again = !(cause instanceof InterruptedIOException || cause instanceof SSLException || cause instanceof UnknownHostException);
                if (!again || retries++ >= RETRIES) {
                    throw unreachable(cause);
                }
                pause(FIRST_PAUSE.multipliedBy(retries), end);
            } catch (OpenAIException e) {
                // Its message can hold the whole answer: neither it nor the exception goes further.
                throw unavailable(" answers, but not as an OpenAI-compatible server.", "Check openai.base_url: it usually ends in /v1.", null);
            }
        }
        throw unavailable(" refuses every way of asking.", "Check the model and its server.", null);
    }

    private ChatCompletionCreateParams params(Question question, int room) {
        var params = ChatCompletionCreateParams.builder()
                .model(access.model())
                .addSystemMessage(question.system())
                .addUserMessage(question.user());
        if (dialect.sendsTemperature()) {
            params.temperature(0);
        }
        switch (dialect.limit()) {
            case MAX_TOKENS -> params.putAdditionalBodyProperty("max_tokens", JsonValue.from(room));
            case MAX_COMPLETION_TOKENS -> params.maxCompletionTokens(room);
            case NONE -> { }
        }
        ObjectNode format = format(question);
        if (format != null) {
            params.putAdditionalBodyProperty("response_format", JsonValue.fromJsonNode(format));
        }
        return params.build();
    }

    private ObjectNode format(Question question) {
        ObjectNode format = JsonNodeFactory.instance.objectNode();
        return switch (dialect.form()) {
            case SCHEMA -> {
                format.put("type", "json_schema");
                format.putObject("json_schema")
                        .put("name", question.schemaName())
                        .put("strict", true)
                        .set("schema", dialect.schema(question.schema()));
                yield format;
            }
            case JSON -> format.put("type", "json_object");
            case PROMPT -> null;
        };
    }

    private static boolean cutOff(ChatCompletion completion) {
        return completion._choices().asKnown().orElse(java.util.List.of()).stream()
                .anyMatch(c -> c._finishReason().asKnown().map(r -> r.asString().equals("length")).orElse(false));
    }

    private static Optional<ObjectNode> json(ChatCompletion completion) {
        return completion._choices().asKnown().orElse(java.util.List.of()).stream()
                .limit(1)
                .flatMap(c -> c._message().asKnown().stream())
                .flatMap(m -> m._content().asKnown().stream())
                .flatMap(text -> AnswerText.object(text).stream())
                .findFirst();
    }

    private static Answer answer(ObjectNode json, ChatCompletion completion) {
        Optional<CompletionUsage> usage = completion._usage().asKnown();
        return new Answer(
                json,
                usage.flatMap(u -> u._promptTokens().asKnown()).orElse(0L),
                usage.flatMap(u -> u._completionTokens().asKnown()).orElse(0L));
    }

    /** Some servers answer 500 to a schema that they cannot compile. */
    private static boolean aboutTheRequest(ServerRefusal e) {
        return e.status() == 500 && (e.text().contains("grammar") || e.text().contains("schema") || e.text().contains("response_format"));
    }

    private boolean learn(ServerRefusal e) {
        boolean request = e.status() == 400 || e.status() == 415 || e.status() == 422 || e.status() == 500 || e.status() == 501;
        return request && dialect.learn(e.text());
    }

    private static boolean tooLong(ServerRefusal e) {
        return e.status() == 413 || e.text().contains("context length") || e.text().contains("context_length")
                || e.text().contains("context size") || e.text().contains("maximum context") || e.text().contains("too many tokens");
    }

    private void pause(ServerRefusal e, int retries, long end) {
        Duration pause = e.retryAfter() == null ? FIRST_PAUSE.multipliedBy(1L << (retries - 1)) : e.retryAfter();
        if (pause.compareTo(LONGEST_PAUSE) > 0 || clock.millis() + pause.toMillis() >= end) {
            throw failing(e);
        }
        pause(pause, end);
    }

    private void pause(Duration pause, long end) {
        if (clock.millis() + pause.toMillis() >= end) {
            throw tooSlow(null);
        }
        sleeper.accept(pause);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("Interrupted while waiting for the model server.", null);
        }
    }

    private Failure failing(ServerRefusal e) {
        String wait = e.retryAfter() == null ? "" : " and wants to be asked again in " + e.retryAfter().toSeconds() + " s";
        return unavailable(
                e.status() == 429 ? " is too busy (HTTP status 429)" + wait + "." : " fails (HTTP status " + e.status() + ")" + wait + ".",
                "Try again later, or use --engine extractive.",
                e.status());
    }

    private Failure refused(ServerRefusal e) {
        if (e.status() == 401 || e.status() == 403) {
            return new Failure(new Problem.NotAllowed(
                    e.status(),
                    access.server() + (access.apiKey() == null ? " wants a key." : " refuses the key."),
                    "Set OPENAI_API_KEY, or run: assist config set openai.api_key"));
        }
        if (e.status() == 404) {
            return unavailable(
                    " knows no model " + access.model() + ", or nothing at this address (HTTP status 404).",
                    "Check model, and openai.base_url: it usually ends in /v1.",
                    404);
        }
        return unavailable(" refuses the request (HTTP status " + e.status() + ").", "Check the model and openai.base_url.", e.status());
    }

    private Failure unusable(ChatCompletion completion) {
        boolean refusal = completion._choices().asKnown().orElse(java.util.List.of()).stream()
                .flatMap(c -> c._message().asKnown().stream())
                .anyMatch(m -> m._refusal().asKnown().map(r -> !r.isBlank()).orElse(false));
        String what = refusal
                ? " answers that it refuses to."
                : cutOff(completion) ? " answers with more than fits; its answer is cut off." : " answers with nothing that is JSON.";
        return unavailable(what, "Try another model, or use --engine extractive.", null);
    }

    private Failure unreachable(IOException e) {
        boolean connecting = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
        if (e instanceof InterruptedIOException && !connecting) {
            return tooSlow(e);
        }
        String why = switch (e) {
            case InterruptedIOException i -> "it does not answer";
            case UnknownHostException u -> "its name cannot be resolved";
            case ConnectException c -> "it refuses the connection";
            case SSLException s -> "its certificate is not trusted or the TLS connection failed (" + s.getClass().getSimpleName() + ")";
            default -> "the connection failed (" + e.getClass().getSimpleName() + ")";
        };
        String hint = e instanceof SSLException
                ? "Give the certificate authority with --ca-file, or check openai.base_url."
                : "Check openai.base_url and the network.";
        return unavailable(" cannot be reached: " + why + ".", hint, null);
    }

    private Failure tooSlow(IOException e) {
        return new Failure(
                new Problem.Unavailable(
                        null,
                        access.server() + " did not answer in " + access.timeout().toSeconds() + " s.",
                        "Give it longer with ASSIST_MODEL_TIMEOUT, or use --engine extractive."),
                e);
    }

    private Failure unavailable(String what, String hint, Integer status) {
        return new Failure(new Problem.Unavailable(status, access.server() + what, hint));
    }
}
