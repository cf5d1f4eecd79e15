package dev.agentassist.brief.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.Fixed;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PortalReaderTest {

    private static final String WHOLE = """
            {"header": {"caller_name": "Dana Whitfield", "phone_number": "+14155550132", "call_duration_seconds": 61,
                "sentiment": {"label": "Has waited too long", "level": "slightly_frustrated"}},
             "transfer_reason": "Wants a person.",
             "call_summary": ["One.", "Two.", "Three."],
             "information_collected": [{"key": "Order", "value": "A-1"}, {"key": "Visits", "value": 2}],
             "suggested_next_steps": [{"action": "Call back.", "confidence": "high"}],
             "transcript": [{"turn": 1, "role": "caller", "text": "Hello.", "marker": "issue_raised"},
                {"turn": 2, "role": "agent", "text": "Something else.", "marker": "resolution"}],
             "compliance_flags": [{"type": "legal_threat", "severity": "high", "detail": "Spoke of a lawyer.", "turns": [1]}]}""";

    private static CallMaterial call() throws Exception {
        return CallMaterial.of(ConversationJson.read(Json.MAPPER.readTree("""
                {"id": "c1", "status": "completed", "user_id": "+14155550132", "created_at": "2026-11-22T12:00:00Z",
                 "conversation": [{"role": "user", "content": "Hello."}, {"role": "assistant", "content": "Hi."}]}""")));
    }

    private static Draft read(String portal) throws Exception {
        return new PortalReader(Json.MAPPER.readTree(portal)).draft(call());
    }

    @Test
    void eachSectionIsTaken() throws Exception {
        Draft draft = read(WHOLE);
        assertEquals("platform", draft.engine());
        assertEquals("Dana Whitfield", draft.callerName().text());
        assertEquals(Brief.Sentiment.Level.SLIGHTLY_FRUSTRATED, draft.sentiment().level());
        assertEquals("Has waited too long", draft.sentiment().claim().text());
        assertEquals("Wants a person.", draft.reason().text());
        assertEquals(List.of("One.", "Two.", "Three."), draft.summary().stream().map(Claim::text).toList());
        assertEquals(List.of("A-1", "2"), draft.values().stream().map(v -> v.claim().text()).toList());
        assertEquals(Brief.Confidence.HIGH, draft.steps().getFirst().confidence());
        assertEquals(Brief.Severity.HIGH, draft.flags().getFirst().severity());
        // The second is of another turn than ours.
        assertEquals(Map.of(1, Brief.Marker.ISSUE_RAISED), draft.markers());
        assertTrue(draft.warnings().getFirst().contains("could not be checked"));
    }

    @Test
    void otherShapesAreReadAsFarAsTheyGo() throws Exception {
        Draft draft = read("""
                {"header": {"caller_name": "Unknown Caller", "sentiment": "Very Frustrated"},
                 "call_summary": "Only one.", "information_collected": {"Order": "A-1", "Nothing": null},
                 "suggested_next_steps": ["Call back.", {"action": "Wait.", "confidence": 0.5}, {"confidence": "high"}],
                 "compliance_flags": ["Recorded without consent", {"type": "GDPR request"}], "transcript": "none"}""");
        assertNull(draft.callerName());
        assertEquals(Brief.Sentiment.Level.FRUSTRATED, draft.sentiment().level());
        assertEquals(List.of("Only one."), draft.summary().stream().map(Claim::text).toList());
        assertEquals(1, draft.values().size());
        assertEquals(List.of(Brief.Confidence.LOW, Brief.Confidence.MEDIUM), draft.steps().stream().map(Draft.Step::confidence).toList());
        assertEquals(List.of("concern", "gdpr_request"), draft.flags().stream().map(Draft.Concern::type).toList());
    }

    @Test
    void nothingIsADraftWithNothing() throws Exception {
        for (String portal : List.of("{}", "[]", "{\"header\": null, \"call_summary\": {}, \"transcript\": [null, 1]}")) {
            Draft draft = read(portal);
            assertNull(draft.reason(), portal);
            assertTrue(draft.summary().isEmpty(), portal);
        }
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void aSectionOfAnyOtherShapeNeverBreaksIt(@ForAll @IntRange(max = 6) int section, @ForAll @IntRange(max = 6) int shape) throws Exception {
        var portal = (com.fasterxml.jackson.databind.node.ObjectNode) Json.MAPPER.readTree(WHOLE);
        String field = List.copyOf(Json.MAPPER.convertValue(portal, Map.class).keySet()).get(section).toString();
        portal.set(field, Json.MAPPER.readTree(
                List.of("null", "1", "\"x\"", "[]", "{}", "[[1], {\"key\": []}]", "{\"sentiment\": [1], \"a\": {\"b\": 2}}").get(shape)));
        assertNotNull(new PortalReader(portal).draft(call()));
    }
}
