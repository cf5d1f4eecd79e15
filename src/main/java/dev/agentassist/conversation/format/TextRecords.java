package dev.agentassist.conversation.format;

import dev.agentassist.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;

/** The one record of a text file. */
final class TextRecords implements Records, TextShape.Lines {

    private final String format;
    private final TextShape shape;
    private final BufferedReader reader;
    private final String name;
    private final FormatHints hints;
    private int line;
    private boolean read;

    TextRecords(String format, TextShape shape, InputStream in, String name, FormatHints hints) {
        this.format = format;
        this.shape = shape;
        this.reader = new BufferedReader(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        this.name = name;
        this.hints = hints;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public boolean hasNext() {
        return !read;
    }

    @Override
    public Parsed next() {
        if (read) {
            throw new NoSuchElementException();
        }
        read = true;
        var call = new HistoryBuilder();
        try {
            shape.read(this, call, hints);
        } catch (LimitedInput.TooLong e) {
            throw Failure.badInput(
                    name + " is longer than " + (LimitedInput.LONGEST >> 20) + " MB, which no transcript of a call is.",
                    "Split it into calls.");
        } catch (CharacterCodingException e) {
            throw Failure.badInput(
                    name + ": after line " + line + " come bytes that are no UTF-8.", "Save the file as UTF-8.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (call.isEmpty()) {
            throw Failure.badInput(name + " has no spoken words (" + format + ").", "Give a transcript with at least one turn.");
        }
        return new Parsed.Read("", call.build(hints));
    }

    @Override
    public String nextLine() throws IOException {
        String next = reader.readLine();
        if (next != null) {
            line++;
        }
        return next;
    }

    @Override
    public int number() {
        return line;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
