package dev.agentassist.transfer.room;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The identities of those whom a transfer brings into a room: everybody can tell them, and their transfer, by these. */
public record Names(String id) {

    private static final Pattern OURS = Pattern.compile("transfer-([0-9a-f]{8,32})-(music|prompt|human)");

    /** Plays to the caller, and watches. */
    public String music() {
        return "transfer-" + id + "-music";
    }

    /** Plays to the human. */
    public String prompt() {
        return "transfer-" + id + "-prompt";
    }

    /** The human's leg. */
    public String human() {
        return "transfer-" + id + "-human";
    }

    boolean ours(String identity) {
        return identity.equals(music()) || identity.equals(prompt()) || identity.equals(human());
    }

    /**
     * Whether this transfer has nothing to do with somebody as one of the call: brought by it, or playing for another one. A
     * human whom an earlier transfer brought is one of the call by now.
     */
    boolean apart(String identity) {
        return ours(identity) || plays(identity);
    }

    /** Music or prompt of any transfer. */
    private static boolean plays(String identity) {
        Matcher matcher = OURS.matcher(identity);
        return matcher.matches() && !matcher.group(2).equals("human");
    }

    /** Whether somebody was brought by any transfer, now or earlier. */
    static boolean any(String identity) {
        return OURS.matcher(identity).matches();
    }

    /** The transfer whose music this is, or null: while it is there, the transfer is alive. */
    static String musicOf(String identity) {
        Matcher matcher = OURS.matcher(identity);
        return matcher.matches() && matcher.group(2).equals("music") ? matcher.group(1) : null;
    }
}
