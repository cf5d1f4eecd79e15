package dev.agentassist.brief;

import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import dev.agentassist.render.BriefMarkdown;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Measures what a brief without a model takes in a warm JVM, from the stored record to Markdown, redaction and checks
 * included:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.agentassist.brief.BriefSpeed"</pre>
 */
public final class BriefSpeed {

    private static final String[] CALLER = {
        "My order A-44%02d never arrived and I have called three times about this.", "It's four four seven %02d, double two.", "I already restarted the box %d times.",
        "Can somebody call me back at 415-555-01%02d tomorrow?", "That is too late, I need it by Friday the 3rd of December.", "Okay."
    };

    private static final String[] AGENT = {
        "I see order A-44%02d here, it is delayed by the carrier.", "Unfortunately I can't refund the %d dollars without the receipt.", "What is your account number, please?",
        "I will have a colleague call you back within %d hours.", "Thank you, one moment please.", "Is there anything else I can help you with?"
    };

    /** The thread's own time: a busy machine does not count against it. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private BriefSpeed() {}

    public static void main(String[] args) {
        System.out.printf("%-8s %12s %12s   of processor time, one thread%n", "turns", "median ms", "worst ms");
        for (int turns : new int[] {30, 300, 5000}) {
            double[] times = measure(turns, turns > 1000 ? 15 : 60);
            System.out.printf("%-8d %12.1f %12.1f%n", turns, times[times.length / 2], times[times.length - 1]);
        }
    }

    private static double[] measure(int turns, int rounds) {
        Conversation call = call(turns);
        var engine = new ExtractiveEngine();
        var portal = new AgentAssistPortal(engine, InstantSource.system());
        var times = new double[rounds];
        for (int round = -rounds; round < rounds; round++) {
            long begin = CLOCK.getCurrentThreadCpuTime();
            int length = BriefMarkdown.write(portal.brief(new AgentAssistPortal.Found(call, null), engine)).length();
            double took = (CLOCK.getCurrentThreadCpuTime() - begin) / 1e6;
            if (length == 0) {
                throw new AssertionError("An empty brief.");
            }
            if (round >= 0) {
                times[round] = took;
            }
        }
        Arrays.sort(times);
        return times;
    }

    static Conversation call(int turns) {
        var json = Json.MAPPER.createObjectNode().put("id", "speed").put("status", "completed").put("created_at", "2026-11-24T10:00:00Z");
        var items = json.putObject("conversation").putArray("items");
        for (int i = 0; i < turns; i++) {
            boolean agent = i % 2 == 0;
            String text = String.format((agent ? AGENT : CALLER)[i / 2 % 6], i % 90 + 10);
            items.addObject().put("type", "message").put("role", agent ? "assistant" : "user").put("content", text).put("created_at", 1795528980.0 + 4 * i);
        }
        return ConversationJson.read(json);
    }
}
