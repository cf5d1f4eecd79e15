package dev.agentassist.cli;

import dev.agentassist.audit.AuditCalls;
import dev.agentassist.audit.Scope;
import dev.agentassist.audit.Shard;
import dev.agentassist.audit.policy.Policy;
import dev.agentassist.config.Moments;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.digest.Sha256;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationFilter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Which calls {@code assist audit} was asked to examine.
 *
 * @param text the options as they were given: two runs with the same text are one that was interrupted
 */
record AuditSelection(AuditCalls calls, String text) {

    private static final int LONGEST_LIST = 200_000_000;

    static void define(CommandSpec spec) {
        spec.addOption(Command.option("--since", "TIME", "24h", "Calls begun at or after: 24h (ago), 2026-11-22, 2026-11-22T09:30:00Z"));
        spec.addOption(Command.option("--until", "TIME", "Calls begun before"));
        spec.addOption(Command.option("--phone", "FILE", "Calls with one of the numbers in this file, one a line (- for stdin)"));
        spec.addOption(Command.option("--agent", "AGENT", "Calls held by the agent with this id or name"));
        spec.addOption(ConversationFilters.status("Calls with this status; several with commas, or given again (default: all that ended)"));
        spec.addOption(Command.option("--conversation", "FILE", "Exactly the conversations whose ids are in this file, one a line (- for stdin)"));
        spec.addOption(Command.option("--shard", "I/N", "Only part I of N, the same calls on every machine"));
    }

    static AuditSelection of(Invocation in) {
        String ids = in.value("--conversation");
        if (ids != null) {
            for (String other : List.of("--since", "--until", "--phone", "--agent", "--status")) {
                if (in.typed().has(other)) {
                    throw Failure.badInput("--conversation names the calls, and " + other + " chooses others.", "Leave one of them out.");
                }
            }
        }
        Set<Status> statuses = statuses(in);
        List<String> named = ids == null ? null : lines(in, ids, "--conversation").stream().map(Line::text).toList();
        Set<PhoneNumber> phones = phones(in);
        Shard shard = in.value("--shard") == null ? Shard.WHOLE : Shard.parse(in.value("--shard"));
        Instant since = ids != null ? null : Moments.parse(in.value("--since"), "--since", in.io().clock());
        Instant until = in.value("--until") == null ? null : Moments.parse(in.value("--until"), "--until", in.io().clock());
        if (since != null && until != null && !since.isBefore(until)) {
            throw Failure.badInput("--since " + in.value("--since") + " is not before --until " + in.value("--until") + ".", "Swap them.");
        }
        var filter = new ConversationFilter(null, statuses, since, until, in.value("--agent"), 0);
        String text = "since " + (ids == null ? in.value("--since") : "") + ", until " + in.value("--until") + ", agent "
                + in.value("--agent") + ", status " + statuses + ", phones " + hash(phones.stream().map(PhoneNumber::e164).sorted().toList())
                + ", conversations " + (named == null ? "all" : hash(named)) + ", shard " + shard.index() + "/" + shard.of();
        return new AuditSelection(new AuditCalls(filter, phones, named, shard), text);
    }

    /** Calls that begin while the audit runs are not of this run: with a window that ends now, a resumed run is the same. */
    Scope scope(Policy policy, String store) {
        ConversationFilter filter = calls.filter();
        return new Scope(text + ", store " + store, policy.sha256(), filter.since(), filter.until());
    }

    private static Set<Status> statuses(Invocation in) {
        Set<Status> asked = EnumSet.noneOf(Status.class);
        for (String word : in.parsed().matchedOptionValue("--status", new String[0])) {
            asked.add(Status.parse(word));
        }
        if (asked.isEmpty()) {
            Arrays.stream(Status.values()).filter(Status::terminal).forEach(asked::add);
        }
        return asked;
    }

    private static Set<PhoneNumber> phones(Invocation in) {
        var phones = new LinkedHashSet<PhoneNumber>();
        if (in.value("--phone") != null) {
            for (Line number : lines(in, in.value("--phone"), "--phone")) {
                try {
                    phones.add(PhoneNumber.parse(number.text(), in.settings().region()));
                } catch (Failure e) {
                    // The number itself stays out of the message: it is somebody's.
                    throw Failure.badInput(
                            Input.name(in.value("--phone")) + ", line " + number.number() + ": this is not a telephone number.",
                            "Write it with its country code, as in +14155550132, or say --region US.");
                }
            }
        }
        return phones;
    }

    private record Line(int number, String text) {}

    /** All but the empty ones and comments. */
    private static List<Line> lines(Invocation in, String file, String option) {
        var lines = new ArrayList<Line>();
        int number = 0;
        for (String line : Input.text(in.io(), file, LONGEST_LIST).lines().toList()) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                lines.add(new Line(number, line.strip()));
            }
        }
        if (lines.isEmpty()) {
            throw Failure.badInput(Input.name(file) + " (" + option + ") names nothing.", "Write one a line.");
        }
        return lines;
    }

    /** Whose numbers these are does not belong into a journal. */
    private static String hash(List<String> values) {
        if (values.isEmpty()) {
            return "all";
        }
        var digest = new Sha256();
        values.forEach(v -> digest.update((v + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
