package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Draft;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is collected from small calls, and under which name. */
class ValuesTest {

    /** Lines as {@code A: …}, {@code C: …} and {@code T: name arguments -> output} ({@code !} for a failure). */
    static Draft draft(String... lines) {
        var json = Json.MAPPER.createObjectNode().put("id", "c").put("status", "completed").put("created_at", "2026-11-24T10:00:00Z");
        var items = json.putObject("conversation").putArray("items");
        int call = 0;
        for (String line : lines) {
            String rest = line.substring(3);
            if (line.startsWith("T")) {
                String[] parts = rest.split(" ", 2);
                String[] inOut = parts[1].split(" -> ", 2);
                String id = "t" + call++;
                items.addObject().put("type", "function_call").put("call_id", id).put("name", parts[0]).put("arguments", inOut[0]);
                if (inOut.length > 1) {
                    boolean failed = inOut[1].startsWith("!");
                    items.addObject().put("type", "function_call_output").put("call_id", id).put("name", parts[0]).put("output", failed ? inOut[1].substring(1) : inOut[1]).put("is_error", failed);
                }
            } else {
                items.addObject().put("type", "message").put("role", line.startsWith("A") ? "assistant" : "user").put("content", rest);
            }
        }
        return new ExtractiveEngine().draft(CallMaterial.of(ConversationJson.read(json)));
    }

    static Map<String, String> values(Draft draft) {
        var values = new LinkedHashMap<String, String>();
        draft.values().forEach(v -> values.put(v.key(), v.claim().text()));
        return values;
    }

    @Test
    void takesTheNounOfTheQuestionAsName() {
        var values = values(draft("A: What's the registration?", "C: B D one seven, W X Y.", "A: Thank you, and the problem?", "C: The brakes are squealing badly."));
        assertTrue(values.containsValue("BD17WXY"), () -> values.toString());
        assertTrue(values.keySet().stream().anyMatch(k -> k.contains("egistration") || k.contains("plate")), () -> values.toString());
    }

    @Test
    void takesTheNounBeforeTheValueAsName() {
        var values = values(draft("A: How can I help?", "C: The print run is spoiled, the batch is B dash 1 0 0 1.", "A: B 1001, I see."));
        assertEquals("B-1001", values.get("Batch"));
    }

    @Test
    void takesTheNameThatAToolGivesAndItsValueOverTheCallers() {
        Draft draft = draft(
                "A: How can I help?", "C: My boiler's broken, and I'm sure my contract ends on the 22nd of January.", "A: What's your contract?", "C: It's h s double eight two oh five seven.",
                "T: contract {\"contract\": \"HS882057\"} -> {\"contract\": \"HS882057\", \"ends\": \"2026-01-21\", \"fee\": \"31.00 GBP\"}", "A: It ends on January 21st, and costs 31 pounds.");
        var values = values(draft);
        assertEquals("HS882057", values.get("Contract"));
        assertEquals("2026-01-21", values.get("Ends"));
        assertEquals("31.00 GBP", values.get("Fee"));
        assertFalse(values.containsValue("22nd of January"), () -> values.toString());
        assertEquals(List.of(5), draft.values().stream().filter(v -> v.key().equals("Ends")).findFirst().orElseThrow().claim().turns());
    }

    @Test
    void takesNothingFromAToolThatFailedOrFoundNothing() {
        var values = values(draft(
                "A: What's the notice number?", "C: It's W M 5 5 1 8 0 9 2.", "T: notice {\"number\": \"WM5518092\"} -> {\"found\": false}",
                "A: I can't find that.", "C: Oh, 8 0 2 9 at the end.", "T: pay {\"number\": \"WM5518029\"} -> !{\"amount\": \"70.00 GBP\"}", "A: Something failed."));
        assertFalse(values.containsValue("70.00 GBP"), () -> values.toString());
    }

    @Test
    void takesBackWhatItsOwnTurnTakesBack() {
        var values = values(draft("A: Do you have your invoice number?", "C: Yeah, it's invoice 2 0 8 8... hold on, that's the date.", "C: 5 0 1 3 is the invoice.", "A: Thanks."));
        assertTrue(values.containsValue("5013"), () -> values.toString());
        assertFalse(values.containsValue("2088"), () -> values.toString());
    }

    @Test
    void knowsThePartOfANumberForThePart() {
        var values = values(draft(
                "A: What's your tag?", "C: The tag ends in 9 0 1 8.", "T: bag {\"x\": \"1\"} -> {\"tag\": \"0SF449018\"}", "A: I see tag ending 9018."));
        assertEquals(List.of("0SF449018"), values.values().stream().filter(v -> v.endsWith("9018")).toList());
    }

    @Test
    void showsNoListOfChoicesAsSettled() {
        var values = values(draft("A: How can I help?", "C: My sink leaks, when can somebody come?", "T: visits {} -> {\"slots\": [\"2026-06-04T10:00\", \"2026-06-05T09:00\"]}", "A: Let me see."));
        assertTrue(values.isEmpty(), () -> values.toString());
    }

    @Test
    void callsTheCallerByTheNameThatTheAgentUses() {
        Draft draft = draft(
                "A: How can I help?", "C: My payment has stopped.", "T: claim {} -> {\"claimant\": \"Lorna Quigley\", \"cared_for\": \"Edith Quigley\"}", "A: Thank you, Ms Quigley. It is suspended.");
        assertEquals("Lorna Quigley", draft.callerName().text());
    }

    @Test
    void putsDangerBeforeWhatTheCallBeganWith() {
        Draft draft = draft(
                "A: How can I help?", "C: I'm calling about my refill, the pharmacy never got it.", "A: Let me look.", "C: My arm feels odd and everything is kind of tight since lunch.",
                "A: Please hang up and dial 911 now.", "C: Okay.");
        assertEquals(List.of(4), draft.reason().turns());
    }
}
