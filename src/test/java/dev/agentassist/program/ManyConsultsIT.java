package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Running;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand humans are called and briefed, and decline: of not one of them does a frame reach the caller or the agent, nor of
 * those the human. About four seconds each; fewer with {@code -Dassist.consults=N}.
 */
@Tag("slow")
class ManyConsultsIT {

    private static final int CONSULTS = Integer.getInteger("assist.consults", 1_000);
    private static final int CONSULTS_A_CALL = 50;

    @TempDir
    private Path scratch;

    @Test
    void notOneFrameGetsThrough() throws Exception {
        try (var ground = new TransferGround()) {
            int consults = 0;
            while (consults < CONSULTS) {
                try (HeldCall call = ground.call(scratch)) {
                    for (int i = 0; i < CONSULTS_A_CALL && consults < CONSULTS; i++) {
                        consults++;
                        double began = Ear.now();
                        int before = ground.sip.to(call.human).size();
                        try (Running run = call.transfer(Phone.answersAfter(700))) {
                            run.awaitErr(HeldCall.APART);
                            double declined = Ear.now();
                            ground.sip.awaitCall(call.human, before).press("2");
                            assertEquals(8, run.await().exit());
                            assertEquals(Map.of(), call.leaked(began, declined), "consult " + consults);
                        }
                        call.isRestored();
                    }
                }
            }
        }
    }
}
