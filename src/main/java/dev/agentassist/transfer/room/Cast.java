package dev.agentassist.transfer.room;

import dev.agentassist.livekit.Member;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.util.Comparator;
import java.util.List;

/**
 * Who is who in a call: the caller, and everybody else who speaks with them; a human whom an earlier transfer brought, too.
 * Hidden participants, recorders and those whom this transfer brought are left alone.
 */
record Cast(Member caller, List<Member> others) {

    /** livekit-sip sets it. */
    static final String PHONE_NUMBER = "sip.phoneNumber";

    /**
     * @param number the caller's in E.164 as the target said, or null
     * @param names of this transfer
     */
    static Cast of(List<Member> members, String room, String number, Names names) {
        Member caller = caller(members, room, number);
        List<Member> people = members.stream().filter(m -> takesPart(m, names)).toList();
        if (people.stream().anyMatch(Member::encrypted)) {
            throw new Failure(new Problem.Encrypted(
                    "The call is end-to-end encrypted: neither music nor a telephone can be let in.", null));
        }
        return new Cast(caller, people.stream().filter(m -> m != caller).toList());
    }

    /** Whoever called: no agent, and nobody whom a transfer called. Fails with {@code WrongState} where there is none. */
    static Member caller(List<Member> members, String room, String number) {
        return members.stream()
                .filter(m -> !m.agent() && present(m) && !Names.any(m.identity()))
                .min(Comparator.comparing((Member m) -> !(number != null && number.equals(m.attributes().get(PHONE_NUMBER))))
                        .thenComparing(m -> !m.kind().equals("SIP"))
                        .thenComparingLong(Member::joinedAtMillis))
                .orElseThrow(() -> Failure.wrongState(
                        "There is no caller in the room “" + room + "”.", "The call has ended, or has not begun."));
    }

    static boolean takesPart(Member member, Names names) {
        return present(member) && !names.apart(member.identity());
    }

    private static boolean present(Member member) {
        return !member.hidden() && !member.kind().equals("EGRESS");
    }
}
