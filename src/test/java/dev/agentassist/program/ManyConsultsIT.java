package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
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
 * those the human. About four seconds each; fewer with {@code -Dassist.consults=N}. A transfer that ends before anybody is
 * briefed, as on a busy machine where the human answers before the gate is known to be shut, does not count; but nothing may get
 * through in it, either.
 */
@Tag("slow")
class ManyConsultsIT {

    private static final int CONSULTS = Integer.getInteger("assist.consults", 1_000);
    private static final int CONSULTS_A_CALL = 50;

    @TempDir
    private Path scratch;

    private int consults;
    private int endedEarly;

    @Test
    void notOneFrameGetsThrough() throws Exception {
        try (var ground = new TransferGround()) {
            while (consults < CONSULTS) {
                try (HeldCall call = ground.call(scratch)) {
                    for (int i = 0; i < CONSULTS_A_CALL && consults < CONSULTS; i++) {
                        consult(ground, call);
                        // Nothing is told of a failure so late otherwise.
                        System.err.println(consults + " consults, 0 frames; " + endedEarly + " ended before the brief");
                    }
                }
            }
        }
        assertTrue(endedEarly <= CONSULTS / 4, endedEarly + " ended before the brief");
    }

    private void consult(TransferGround ground, HeldCall call) {
        double began = Ear.now();
        int before = ground.sip.to(call.human).size();
        try (Running run = call.transfer(Phone.answersAfter(900), "--brief", "none")) {
            Await.until("it is apart, or over", () -> run.err().contains(HeldCall.APART) || !run.isAlive());
            double declined = Ear.now();
            if (run.isAlive()) {
                consults++;
                ground.sip.awaitCall(call.human, before).press("2");
            } else {
                endedEarly++;
            }
            assertEquals(8, run.await().exit());
            assertEquals(Map.of(), call.leaked(began, declined), "consult " + consults);
        }
        call.isRestored();
    }
}
