package dev.agentassist.transfer;

import dev.agentassist.brief.Brief;
import java.util.ArrayList;

/** What of a brief is said to a human who has a telephone at the ear: why, and what happened. */
public final class SpokenBrief {

    /** About a minute and a half. */
    private static final int LONGEST = 1_200;

    private SpokenBrief() {}

    /** Plain sentences, without what only looks like something. */
    public static String text(Brief brief) {
        var sentences = new ArrayList<String>();
        sentences.add("A call for you. " + brief.transferReason());
        sentences.addAll(brief.callSummary());
        var text = new StringBuilder();
        for (String sentence : sentences) {
            String plain = sentence.replaceAll("[\\p{Cntrl}<>{}\\[\\]|*_#`“”„\"]", " ").replaceAll("\\s+", " ").strip();
            if (text.length() + plain.length() > LONGEST) {
                break;
            }
            text.append(plain).append(plain.matches(".*[.!?…]") ? " " : ". ");
        }
        return text.toString().strip();
    }
}
