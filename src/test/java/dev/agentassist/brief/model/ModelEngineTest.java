package dev.agentassist.brief.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.FallbackEngine;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.problem.Failure;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelEngineTest {

    @Test
    void showsWhatTheModelChoseInTheCallsOwnWords() {
        ObjectNode answer = Answers.empty();
        Answers.reason(answer, 2, "my blender arrived broken");
        Answers.bullet(answer, 6, "I already sent two photos last week");
        Answers.step(answer, 7, "I will have a supervisor call you back today");
        Brief brief = Briefs.of(Briefs.BLENDER, answer);
        assertEquals("model", brief.meta().engine());
        assertEquals("scripted", brief.meta().model());
        assertTrue(brief.transferReason().contains("My blender arrived broken on Monday."), brief.transferReason());
        assertTrue(brief.callSummary().toString().contains("two photos"), brief.callSummary()::toString);
        assertTrue(brief.nextSteps().stream().anyMatch(s -> s.action().equals(
                "Keep the agent’s word: “I will have a supervisor call you back today.”")), brief.nextSteps()::toString);
        Briefs.assertValid(brief);
    }

    @Test
    void asksOnceMoreForWhatDoesNotStand() {
        ObjectNode wrong = Answers.empty();
        Answers.bullet(wrong, 2, "the toaster exploded in my kitchen");
        ObjectNode right = Answers.empty();
        Answers.bullet(right, 6, "I already sent two photos last week");
        try (var server = ScriptedModelServer.inOrder(Reply.content(wrong.toString()), Reply.content(right.toString()))) {
            Brief brief = Briefs.of(Briefs.BLENDER, server);
            assertEquals(2, server.requests().size());
            String again = server.requests().get(1).user();
            assertTrue(again.contains("summary bullet 1: its quote does not stand in turn 2"), again);
            assertTrue(brief.callSummary().toString().contains("two photos"));
            assertTrue(brief.meta().warnings().contains("Dropped summary bullet 1 of the model: its quote does not stand in turn 2."), brief.meta().warnings()::toString);
            assertFalse(Briefs.shown(brief).contains("toaster"));
        }
    }

    @Test
    void neverLosesPromisesRefusalsAndWhatWasTried() {
        ObjectNode answer = Answers.empty();
        Answers.bullet(answer, 1, "how can I help");
        Answers.bullet(answer, 4, "Order number is A-4471");
        Brief brief = Briefs.of(Briefs.BLENDER, answer);
        String all = brief.callSummary() + brief.transferReason() + brief.nextSteps();
        assertTrue(all.contains("supervisor call you back"), all);
        assertTrue(all.contains("can’t send a replacement"), all);
        assertTrue(all.contains("arrived broken"), all);
        Briefs.assertValid(brief);
    }

    @Test
    void failsWhenNothingOfTheAnswerStands() {
        ObjectNode answer = Answers.empty();
        Answers.bullet(answer, 9, "nobody said this");
        assertThrows(Failure.class, () -> Briefs.of(Briefs.BLENDER, answer));
        var warned = new ArrayList<String>();
        try (var server = ScriptedModelServer.inOrder(Reply.content(answer.toString()))) {
            Brief brief = Briefs.of(
                    Briefs.BLENDER, new FallbackEngine(() -> Briefs.engine(server), new ExtractiveEngine(), warned::add));
            assertEquals("extractive", brief.meta().engine());
            assertEquals(warned.getFirst(), brief.meta().warnings().getFirst());
            Briefs.assertValid(brief);
        }
    }

    @Test
    void asksNobodyWhenNothingWasSaid() {
        try (var server = ScriptedModelServer.inOrder(Reply.content("{}"))) {
            Brief brief = Briefs.of(List.<String>of(), server);
            assertEquals(0, server.requests().size());
            assertEquals("extractive", brief.meta().engine());
            Briefs.assertValid(brief);
        }
    }
}
