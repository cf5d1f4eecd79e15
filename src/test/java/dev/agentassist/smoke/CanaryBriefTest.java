package dev.agentassist.smoke;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.conversation.Target;
import dev.agentassist.render.BriefJson;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.store.StoreAccess;
import dev.agentassist.store.Stores;
import dev.agentassist.testkit.BriefSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canary's record and its brief, without a call. */
class CanaryBriefTest {

    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path scratch;

    private Brief brief(List<CanaryScript.Line> said) {
        var access = new StoreAccess(scratch, Map.of(), "ana", () -> null, () -> null, Duration.ofSeconds(30), null, () -> null);
        var record = new CanaryRecord(null, url -> Stores.open(url, access), scratch, CLOCK, "assist-smoke-1", "assist-smoke-1");
        record.begin();
        record.end(said);
        var engine = new ExtractiveEngine();
        try (ConversationStore store = record.store()) {
            return new AgentAssistPortal(engine, CLOCK)
                    .brief(AgentAssistPortal.find(store, new Target.ConversationId("assist-smoke-1")), engine);
        } finally {
            record.remove();
            assertEquals(List.of(), List.of(scratch.toFile().list()), "nothing is left");
        }
    }

    @Test
    void theCanarysBriefIsValid() {
        Brief brief = brief(CanaryScript.LINES);
        assertEquals(List.of(), CanaryBrief.wrong(brief, "assist-smoke-1", CanaryScript.LINES));
        assertEquals(List.of(), BriefSchema.violations(BriefJson.write(brief)));
    }

    @Test
    void anotherCallsBriefIsNot() {
        Brief brief = brief(CanaryScript.LINES.subList(0, 3));
        assertEquals(
                List.of("It is about another call.", "Its transcript is not what was said."),
                CanaryBrief.wrong(brief, "assist-smoke-2", CanaryScript.LINES));
    }
}
