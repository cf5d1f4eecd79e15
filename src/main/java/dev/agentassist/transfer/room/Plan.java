package dev.agentassist.transfer.room;

import dev.agentassist.transfer.sound.Sound;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is to be done in a caller's room.
 *
 * @param room the caller's
 * @param names of this transfer
 * @param who starts it, for the mark
 * @param number the caller's in E.164, or null where it is not known
 * @param music for the caller, or null for silence
 * @param words what the human hears before the prompt, when it is ready; asked for once the human is there
 * @param prompt says which keys there are
 * @param accept whose yes counts
 * @param agentLeaves whether the agent is removed once the two are connected
 * @param longestHold after this, anybody may bring the caller back
 */
public record Plan(
        String room,
        Names names,
        String who,
        String number,
        Sound music,
        Supplier<List<Sound>> words,
        Sound prompt,
        Accept accept,
        boolean agentLeaves,
        Duration longestHold) {

    /** Whose yes connects the human with the caller. A key of the human's telephone counts with either of the first two. */
    public enum Accept {
        /** The operator's. */
        OPERATOR,
        /** 1 on the human's telephone. */
        DTMF,
        /** Answering alone, which a mailbox does too. */
        ANSWER
    }
}
