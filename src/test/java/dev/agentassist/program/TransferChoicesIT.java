package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SipCall;
import dev.agentassist.testkit.SpeechServer;
import dev.agentassist.testkit.Tones;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What can be chosen of a transfer: whose yes counts, whose number is shown, who says the brief; and a second one after the first. */
class TransferChoicesIT extends OnTransferGround {

    @Test
    void answeringIsEnoughWhereThatIsAskedForAndItsRiskIsSaid() throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(1500), "--accept", "answer", "--displayed", "caller")) {
            Program.Result result = run.await();
            assertEquals(0, result.exit(), result::toString);
            assertTrue(result.err().contains("Whoever answers is connected with the caller: a mailbox, too."), result::toString);
            SipCall leg = call.leg();
            assertEquals("+14155550111", leg.request().path("from").asText(), "the caller's number is shown");
            call.isBridged(Tones.HUMAN);
            call.isGone("agent");
            call.nothingLeaked(leg.statusAt("active"));
        }
    }

    @Test
    void aNumberToShowIsShownAndAWrongOneRefused() throws Exception {
        try (HeldCall call = ground.call(scratch)) {
            try (Running run = call.transfer(Phone.busy(), "--from", "+1 415 555 0177")) {
                Program.Result result = run.await();
                assertEquals(8, result.exit(), result::toString);
                assertEquals("+14155550177", call.leg().request().path("from").asText());
            }
            try (Running run = call.transfer(Phone.busy(), "--from", "+1")) {
                assertEquals(2, run.await().exit());
            }
            call.isRestored();
        }
    }

    @Test
    void theModelServerSaysTheBriefToTheHuman() throws Exception {
        byte[] spoken = Files.readAllBytes(Tones.ogg(scratch.resolve("spoken.ogg"), Tones.OTHER_AGENT, 2));
        try (HeldCall call = ground.call(scratch);
                var server = new SpeechServer(spoken)) {
            String record = """
                    {"id":"conv_spoken","direction":"inbound","channel":"telephone","status":"in_progress","user_id":"+14155550111",
                    "room_name":"%s","created_at":"2026-11-24T16:00:00Z","updated_at":"2026-11-24T16:00:00Z","conversation":{"items":[
                    {"id":"i1","type":"message","role":"user","content":["I was charged twice for order 4417. Can I speak to a person?"]},
                    {"id":"i2","type":"message","role":"assistant","content":["Of course, one moment."]}]}}
                    """.formatted(call.room).replace("\n", "");
            assertEquals(0, call.assist().reading(record).run("conversations", "import", "-").exit());
            Program speaking = call.assist()
                    .with("ASSIST_TRANSFER_SPEECH", "model:tts-1/nova")
                    .with("OPENAI_BASE_URL", server.baseUrl())
                    .with("OPENAI_API_KEY", SpeechServer.KEY);
            ground.sip.phone(call.human, Phone.answersAfter(2000));
            // By the caller's number: then the store knows what was said.
            try (Running run = speaking.start("transfer", "+14155550111", "--to", call.human, "--trunk", ground.trunk, "--yes", "--brief", "speak")) {
                run.awaitErr(HeldCall.APART);
                call.leg().ear().hears(Tones.OTHER_AGENT, call.began);
                double accepted = Ear.now();
                call.leg().press("1");
                Program.Result result = run.await();
                assertEquals(0, result.exit(), result::toString);
                assertFalse(result.err().contains("The brief is not said"), result::toString);
                call.caller.ear().neverHeard(Tones.OTHER_AGENT, call.began);
                call.nothingLeaked(accepted);
            }
            assertTrue(server.requests().getFirst().path("input").asText().contains("charged twice for order 4417"), server.requests()::toString);
        }
    }

    /** The human whom the first transfer brought is one of the call by now. */
    @Test
    void aHumanWhoWasBroughtEarlierIsHeldLikeAnyOtherAndHearsTheNextOneInTheEnd() throws Exception {
        try (HeldCall call = ground.call(scratch)) {
            try (Running run = call.transfer(Phone.answersAfter(1000))) {
                run.awaitErr(HeldCall.APART);
                call.leg().press("1");
                assertEquals(0, run.await().exit());
            }
            SipCall first = call.leg();
            call.isBridged(Tones.HUMAN);
            double began = Ear.now();
            try (Running run = call.transfer(Phone.answersAfter(1000).saying(Tones.OTHER_AGENT))) {
                run.awaitErr(HeldCall.APART);
                SipCall second = call.leg();
                call.caller.ear().hearsOnly(Tones.MUSIC);
                first.ear().hearsNothing();
                double accepted = Ear.now();
                second.press("1");
                Program.Result result = run.await();
                assertEquals(0, result.exit(), result::toString);
                call.caller.ear().neverHeard(Tones.OTHER_AGENT, began, accepted);
                first.ear().neverHeard(Tones.OTHER_AGENT, began, accepted);
                // By who spoke: a voice that says the prompt has all pitches.
                assertTrue(second.ear().heard().stream().allMatch(h -> h.at() >= accepted || h.from().endsWith("-prompt")));
                call.caller.ear().hearsOnly(Tones.HUMAN, Tones.OTHER_AGENT);
                first.ear().hearsOnly(Tones.CALLER, Tones.OTHER_AGENT);
                second.ear().hearsOnly(Tones.CALLER, Tones.HUMAN);
                call.unmarked();
            }
        }
    }

    /** Once the two hear each other an interrupt is too late: the transfer is through, whoever else has left by then. */
    @Test
    void anInterruptEndsWithTheAgentOrWithTheHumanAndTheCodeSaysWhich() throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(800))) {
            run.awaitErr(HeldCall.APART);
            call.leg().press("1");
            run.awaitErr("Accepted: connecting the two.");
            run.signal("INT");
            Program.Result result = run.await();
            call.isOver();
            if (result.exit() == 0) {
                call.isBridged(Tones.HUMAN);
                call.isGone("agent");
            } else {
                assertEquals(8, result.exit(), result::toString);
                call.isRestored();
            }
        }
    }
}
