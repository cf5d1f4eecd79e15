package dev.agentassist.transfer;

import dev.agentassist.transfer.TransferMachine.Event;

/**
 * What is done in the rooms on entering a state. Each method is called once, on a thread of its own, and may block; it
 * reports by {@link Report}. A failure that it throws counts as {@link Event#FAILS} where nothing else is said.
 */
public interface Hands {

    /** Takes news at any time from any thread. */
    interface Report {
        /** {@code because}: one sentence for people, or null where the event speaks for itself. */
        void tell(Event event, String because);
    }

    /** Puts the caller on hold; tells {@link Event#HELD}. */
    void hold(Report report);

    /** Calls the human, whose leg is kept from everybody; tells what becomes of it. */
    void dial(Report report);

    /** The human has answered: sees to it that they hear nobody; tells {@link Event#IS_APART}. */
    void part(Report report);

    /** Briefs the human until somebody accepts or declines. */
    void brief(Report report);

    /** Connects caller and human; tells {@link Event#CONNECTS}, after which nothing takes them apart. */
    void bridge(Report report);

    /** Lets everybody else go, or hear the two; tells {@link Event#RELEASED}. A failure counts as that, too. */
    void release(Report report);

    /**
     * Hangs up on the human and brings the caller back. Whatever of the above is still under way is stopped first. Tells
     * {@link Event#BACK} or {@link Event#LOST}.
     */
    void restore(Report report);
}
