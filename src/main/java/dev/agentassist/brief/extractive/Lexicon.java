package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The cue phrases of a language, read from {@code cues.LANGUAGE.txt}; {@link Lexicons} keeps those that were read. */
final class Lexicon {

    /** The languages that have one. */
    static final List<String> LANGUAGES = List.of("en", "es", "de", "fr", "it", "pt", "nl");

    /** A phrase that was found in a row of words, from {@code start} to {@code end}, exclusive. */
    record Hit(Cue cue, String argument, int start, int end) {

        /** Written out, as equals: a record's own are made anew at every start of the program. */
        @Override
        public int hashCode() {
            return 31 * start + end;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Hit hit
                    && cue == hit.cue
                    && start == hit.start
                    && end == hit.end
                    && Objects.equals(argument, hit.argument);
        }
    }

    /** A line of the file, cut into words when its first one is met: few of a thousand are, in a call. */
    private static final class Entry {

        private final Cue cue;
        private final String argument;
        private final String line;
        private Phrase phrase;

        Entry(Cue cue, String argument, String line) {
            this.cue = cue;
            this.argument = argument;
            this.line = line;
        }

        /** Two threads that cut it at once come to the same. */
        Phrase phrase() {
            Phrase known = phrase;
            if (known == null) {
                known = Phrase.parse(cue, argument, line);
                phrase = known;
            }
            return known;
        }
    }

    private final Map<String, List<Entry>> byFirstWord = new HashMap<>();
    private final Set<String> functionWords = new HashSet<>();
    private final Map<String, Severity> severities = new HashMap<>();

    private Lexicon() {}

    static Lexicon of(String language) {
        String name = "cues." + language + ".txt";
        try (InputStream in = Lexicon.class.getResourceAsStream("/dev/agentassist/brief/extractive/" + name)) {
            var lexicon = new Lexicon();
            lexicon.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            return lexicon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(BufferedReader lines) throws IOException {
        String section = "";
        Cue cue = null;
        String argument = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            line = line.strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            if (line.charAt(0) == '[') {
                String head = line.substring(1, line.length() - 1);
                int space = head.indexOf(' ');
                section = space < 0 ? head : head.substring(0, space);
                argument = space < 0 ? null : head.substring(space + 1);
                if (section.equals("flag")) {
                    int last = argument.lastIndexOf(' ');
                    severities.put(argument.substring(0, last), Severity.valueOf(argument.substring(last + 1).toUpperCase(Locale.ROOT)));
                    argument = argument.substring(0, last);
                }
                cue = section.equals("function") ? null : Cue.valueOf(section.toUpperCase(Locale.ROOT));
                continue;
            }
            if (cue == null) {
                functionWords.addAll(Phrase.split(line, ' '));
            } else {
                add(new Entry(cue, argument, line));
            }
        }
    }

    private void add(Entry entry) {
        String first = Phrase.firstWord(entry.line);
        if (first.indexOf('|') < 0) {
            add(first, entry);
        } else {
            for (String one : Phrase.split(first, '|')) {
                add(one, entry);
            }
        }
    }

    private void add(String first, Entry entry) {
        List<Entry> known = byFirstWord.get(first);
        if (known == null) {
            known = new ArrayList<>(2);
            byFirstWord.put(first, known);
        }
        known.add(entry);
    }

    /** All phrases in a row of words; of two of one kind and argument that overlap, the longer. */
    List<Hit> find(String[] norms) {
        var hits = new ArrayList<Hit>();
        for (int i = 0; i < norms.length; i++) {
            List<Entry> entries = byFirstWord.get(norms[i]);
            if (entries == null) {
                continue;
            }
            for (Entry entry : entries) {
                Phrase phrase = entry.phrase();
                int end = phrase.match(norms, i);
                if (end >= 0) {
                    hits.add(new Hit(phrase.cue(), phrase.argument(), i, end));
                }
            }
        }
        return hits;
    }

    /** The kinds of cue that it has phrases for. */
    Set<Cue> kinds() {
        return byFirstWord.values().stream().flatMap(List::stream).map(e -> e.cue).collect(Collectors.toSet());
    }

    boolean isFunctionWord(String norm) {
        return functionWords.contains(norm);
    }

    Severity severity(String flag) {
        return severities.getOrDefault(flag, Severity.MEDIUM);
    }
}
