package dev.agentassist.conversation.format;

import java.io.IOException;

/** A text format with one call a file. */
interface TextShape {

    /** One line after the other, without their ends; null for no more. Fails with {@code BadInput} naming the line. */
    void read(Lines lines, HistoryBuilder call, FormatHints hints) throws IOException;

    /** The lines of a file, and the number of the last one read, from 1. */
    interface Lines {
        String nextLine() throws IOException;

        int number();
    }
}
