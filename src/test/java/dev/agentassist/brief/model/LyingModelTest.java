package dev.agentassist.brief.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.FallbackEngine;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that lies, over real HTTP: no falsehood of any kind may be shown as fact. */
class LyingModelTest {

    private static final Map<List<String>, Truth> TRUTHS = Map.of(
            Lies.SHOP, new Truth(Lies.SHOP, Map.of(), Map.of("A-4417", "A-4471", "the tenth of May", "the twelfth of May", "room 12", "room 14")),
            Lies.BANK, new Truth(Lies.BANK, Map.of("Plan", "Gold Plus"), Map.of("4 boxes", "6 boxes")),
            Lies.SPANISH, new Truth(Lies.SPANISH, Map.of(), Map.of()));

    static List<Lies.Lie> lies() {
        return Lies.all();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void isNotBelieved(Lies.Lie lie) {
        try (var server = ScriptedModelServer.inOrder(Reply.content(lie.answer().toString()))) {
            Brief brief = Briefs.of(lie.call(), new FallbackEngine(() -> Briefs.engine(server), new ExtractiveEngine(), s -> {}));
            assertEquals(List.of(), TRUTHS.get(lie.call()).falsehoods(brief));
        }
    }

    @Test
    void areOfAtLeastTwentyKinds() {
        assertTrue(lies().stream().map(Lies.Lie::kind).distinct().count() >= 20);
    }

    /** The oracle is worth something only if it sees a falsehood. */
    @Test
    void wouldBeSeen() {
        Truth truth = TRUTHS.get(Lies.SHOP);
        Brief good = Briefs.of(Lies.SHOP, new ExtractiveEngine());
        assertEquals(List.of(), truth.falsehoods(good));
        assertTrue(truth.falsehoods(summary(good, "The caller is happy.")).toString().contains("words of nobody"));
        assertTrue(truth.falsehoods(summary(good, "Caller: “I want a refund.”")).toString().contains("did not say"));
        assertTrue(truth.falsehoods(summary(good, "Agent: “I want a replacement.”")).toString().contains("did not say"));
    }

    private static Brief summary(Brief brief, String bullet) {
        var bullets = new ArrayList<>(brief.callSummary());
        bullets.set(0, bullet);
        return new Brief(
                brief.header(), brief.transferReason(), bullets, brief.informationCollected(), brief.nextSteps(),
                brief.transcript(), brief.complianceFlags(), brief.meta());
    }
}
