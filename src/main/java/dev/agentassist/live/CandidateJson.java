package dev.agentassist.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agentassist.live.rtc.IceCandidateInit;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** {@code RTCIceCandidateInit} as JSON, as LiveKit's {@code TrickleRequest.candidateInit} carries it. */
final class CandidateJson {

    private static final JsonFactory JSON = new JsonFactory();

    private CandidateJson() {}

    static String write(IceCandidateInit candidate) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("candidate", candidate.candidate());
            if (candidate.sdpMid() != null) {
                json.writeStringField("sdpMid", candidate.sdpMid());
            }
            if (candidate.sdpMLineIndex() != null) {
                json.writeNumberField("sdpMLineIndex", candidate.sdpMLineIndex());
            }
            if (candidate.usernameFragment() != null) {
                json.writeStringField("usernameFragment", candidate.usernameFragment());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Null where it is no such object. */
    static IceCandidateInit read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            String candidate = "";
            String mid = null;
            Integer line = null;
            String fragment = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "candidate" -> candidate = json.getValueAsString("");
                    case "sdpMid" -> mid = json.getValueAsString();
                    case "sdpMLineIndex" -> line = value == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : null;
                    case "usernameFragment" -> fragment = json.getValueAsString();
                    default -> json.skipChildren();
                }
            }
            return json.currentToken() == JsonToken.END_OBJECT ? new IceCandidateInit(candidate, mid, line, fragment) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
