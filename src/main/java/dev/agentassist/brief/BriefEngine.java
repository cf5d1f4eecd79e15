package dev.agentassist.brief;

/** A way to find out what a call was about. */
public interface BriefEngine {

    /**
     * Says what the call was about. Nothing of it is taken on trust: {@link EvidenceCheck} looks at each statement.
     * Throws {@link dev.agentassist.problem.Failure} when the engine cannot be reached or answers nothing usable; no
     * message holds words of the call or of a model.
     */
    Draft draft(CallMaterial call);
}
