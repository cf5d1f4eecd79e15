package dev.agentassist.terminal;

/** What a piece of text on a full screen is; how it looks is the screen's matter. */
public enum Ink {
    PLAIN,
    FAINT,
    STRONG,
    CALLER,
    AGENT,
    OTHER,
    LIVE,
    CONNECTING,
    ENDED,
    WARNING,
    MATCH,
    SELECTED
}
