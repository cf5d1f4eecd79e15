package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonFinderTest {

    /** @param turns what was said, the agent’s behind {@code A:}, the caller’s behind {@code C:} */
    private static ReasonFinder.Reason reason(String direction, String... turns) {
        var json = Json.MAPPER.createObjectNode();
        json.put("id", "c").put("direction", direction).put("status", "completed").put("created_at", "2026-11-20T14:03:00Z");
        var items = json.putObject("conversation").putArray("items");
        for (String turn : turns) {
            items.addObject().put("type", "message").put("role", turn.startsWith("A:") ? "assistant" : "user").putArray("content").add(turn.substring(2).strip());
        }
        return new ReasonFinder(Reading.of(CallMaterial.of(ConversationJson.read(json)), new Lexicons())).find();
    }

    @Test
    void takesTheFirstFullStatementAndTheWishForAPerson() {
        var reason = reason("inbound", "A: Thank you for calling Riverside. How can I help?", "C: Hi, this is Dana. I was charged twice for order 4471, and I want my money back.",
                "A: I am sorry about that, Dana. One of the charges is cancelled now.", "C: That is what you told me last week.", "C: Can I speak to a person, please?");
        assertEquals(List.of(2, 5), reason.claim().turns());
    }

    @Test
    void passesOverATopicAndAnAside() {
        var reason = reason("inbound", "A: Good evening, how can I help?", "C: Hi. It's about my bike, sort of. Long story.", "A: What happened to it?",
                "C: The brakes you fitted on Monday have stopped working and I nearly went under a bus.", "A: I'm sorry to hear that. What's the job number?", "C: It's 7 7 1 2.");
        assertEquals(List.of(4), reason.claim().turns());
    }

    @Test
    void passesOverAnAnswerToAnIdentifyingQuestion() {
        var reason = reason("inbound", "A: Dental desk. Can I take your name and date of birth first?", "C: Maria Lund, fourth of May 1981.", "A: Thank you. What can I do for you?",
                "C: A filling of mine fell out last night and it hurts.", "A: I'm sorry. Let me look for a slot.");
        assertEquals(List.of(4), reason.claim().turns());
    }

    /** Where the caller only touches the matter, the agent says best why somebody else is needed. */
    @Test
    void takesTheAgentsWordsOnWhatItMayNotDo() {
        var reason = reason("inbound", "A: Parks office, hello.", "C: Hi. Me again, the bandstand people.", "A: Welcome back. Is it the same as on Tuesday?", "C: Same, yes.",
                "A: I can't change a permit once it is issued. The permits officer has to reissue it by hand.", "C: Okay.");
        assertEquals(List.of(5), reason.claim().turns());
        assertTrue(reason.claim().text().contains("The permits officer"), reason.claim().text());
    }

    @Test
    void dangerStandsAboveWhatTheCallBeganWith() {
        var reason = reason("inbound", "A: How can I help?", "C: I'd like to refill my prescription for lisinopril.", "A: Sure. Your date of birth?",
                "C: It's May 3rd 1950, and, sorry, I have this chest pain since an hour.", "A: Please hang up and dial 911 now.");
        assertEquals(List.of(4), reason.claim().turns());
    }

    @Test
    void adviceToBeOnTheSafeSideIsNoDanger() {
        var reason = reason("inbound", "A: Hotel desk, how can I help?", "C: I left my insulin in the fridge of room 314 this morning.", "A: I'm sorry. Which number can we reach you at?",
                "C: It's 555 0178, and I'm on a train.", "A: We will look. If you feel unwell before then, call 112.");
        assertEquals(List.of(2), reason.claim().turns());
    }

    @Test
    void whereNothingIsHeardThereIsNoReason() {
        assertNull(reason("inbound", "A: Thanks for calling. How can I help?", "C: and that's forty percent off all sofas this weekend", "A: I'm sorry, I didn't catch that.",
                "C: no the other door, left, left", "A: I still can't make out what you need. Goodbye.").claim());
        assertNull(reason("inbound", "A: Bakery, how can I help?", "C: Oh, is this not the barber?", "A: No, this is a bakery.", "C: Sorry, wrong number.").claim());
    }

    @Test
    void aBadLineThatGetsBetterHasItsReason() {
        var reason = reason("inbound", "A: Thanks for calling. How can I help?", "C: the, hello", "A: I'm sorry, I didn't catch that.", "C: is that", "A: I can't hear you well.",
                "C: My heating has been broken since Sunday and I have a baby here.", "A: I'm sorry to hear that. What is your address?", "C: 12 Mill Lane.", "A: Thank you. A technician will come today.");
        assertEquals(List.of(6), reason.claim().turns());
    }

    @Test
    void whatTheAgentCallsAboutIsTheReasonOfItsCall() {
        var reason = reason("outbound", "A: Hello, this is Kim calling from Oakwood about the delivery of your sofa tomorrow.", "C: Yes, hello.", "A: Will somebody be home?", "C: Yes, use the side entrance.");
        assertEquals(List.of(1), reason.claim().turns());
    }

    @Test
    void findsItInOtherLanguages() {
        assertEquals(List.of(4), reason("inbound", "A: Guten Tag, wie kann ich Ihnen helfen?", "C: Guten Tag, hier spricht Weber, ich hätte da mal was.", "A: Gern. Worum geht es denn?",
                "C: Meine Heizung ist seit gestern kaputt und bei mir war niemand, obwohl jemand kommen sollte.", "A: Das tut mir leid. Nennen Sie mir bitte Ihre Kundennummer?", "C: Vier vier sieben eins.").claim().turns());
        assertEquals(List.of(2), reason("inbound", "A: Bonjour, que puis-je faire pour vous ?", "C: Bonjour, mon colis n'est jamais arrivé et pourtant c'est marqué livré.", "A: Je suis désolé. Quel est le numéro de commande ?",
                "C: Quatre quatre sept un.", "A: Merci, je regarde.").claim().turns());
    }
}
