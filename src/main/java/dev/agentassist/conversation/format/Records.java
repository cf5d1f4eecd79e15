package dev.agentassist.conversation.format;

import java.io.Closeable;
import java.util.Iterator;

/**
 * The records of a file, read as they are asked for. Fails with {@link dev.agentassist.problem.Failure} where nothing
 * after that place can be read: a document that is cut off, a wrong encoding.
 */
public interface Records extends Iterator<Parsed>, Closeable {

    /** The format's name, for people. */
    String format();

    /** About how much of the file was read so far, in bytes; 0 where a file holds one record. */
    default long bytes() {
        return 0;
    }
}
