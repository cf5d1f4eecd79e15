package dev.agentassist.brief.wording;

import dev.agentassist.brief.Brief;
import dev.agentassist.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts the fixed words of a brief (headings, labels, what stands before a quote) into a language. What is quoted from the
 * call or a tool stays as it is: it was checked so. English is the language in which briefs are made. The same holds for a
 * model's brief: a model chooses what is quoted and writes no sentence of its own.
 */
public final class Wording {

    /** The languages that there are words in, as in ISO 639-1. */
    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "nl", "pt");

    private static final Wording ENGLISH = new Wording("en", Map.of(), null);

    private final String language;
    private final Map<String, String> words;
    private final String warning;

    private Wording(String language, Map<String, String> words, String warning) {
        this.language = language;
        this.words = words;
        this.warning = warning;
    }

    /**
     * The words of a language; English ones, and a warning in the brief, where there are none in it.
     *
     * @param tag a language as {@code de} or {@code pt-BR}; null for English
     * @throws Failure when it is no language tag
     */
    public static Wording of(String tag) {
        if (tag == null) {
            return ENGLISH;
        }
        String language = language(tag);
        if (language == null) {
            throw Failure.badInput("“" + tag + "” (--language) is not a language.", "Use a language's code, as en, de or pt-BR: there are words in " + String.join(", ", LANGUAGES) + ".");
        }
        if (language.equals("en")) {
            return ENGLISH;
        }
        if (!LANGUAGES.contains(language)) {
            return new Wording("en", Map.of(), "The brief’s own words are English: there are none in “" + language + "”, only in " + String.join(", ", LANGUAGES) + ".");
        }
        return new Wording(language, read(language), null);
    }

    /** The primary part of a tag, or null when it is none. */
    private static String language(String tag) {
        String first = tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        boolean letters = first.length() >= 2 && first.length() <= 3;
        for (int i = 0; i < first.length(); i++) {
            letters &= first.charAt(i) >= 'a' && first.charAt(i) <= 'z';
        }
        return letters ? first : null;
    }

    private static Map<String, String> read(String language) {
        var words = new HashMap<String, String>();
        try (InputStream in = Wording.class.getResourceAsStream("/dev/agentassist/brief/wording/" + language + ".txt");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(" = ");
                if (at > 0 && line.charAt(0) != '#') {
                    words.put(line.substring(0, at), line.substring(at + 3));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    public String language() {
        return language;
    }

    public boolean english() {
        return words.isEmpty();
    }

    /** A heading, a label, a name: by what it is in English. */
    public String own(String english) {
        return words.getOrDefault(english, english);
    }

    /** The brief with its own words in this language. */
    public Brief in(Brief brief) {
        Brief.Meta meta = brief.meta();
        if (english()) {
            return warning == null ? brief : brief.with(meta.withLanguage(null, warning));
        }
        var missing = new ArrayList<String>();
        // A caller without a name is “Unknown Caller” to whoever reads the document; it is put into words where it is shown.
        var header = new Brief.Header(
                brief.header().callerName(),
                brief.header().phoneNumber(),
                brief.header().callDurationSeconds(),
                new Brief.Sentiment(statement(brief.header().sentiment().label(), missing), brief.header().sentiment().level()));
        var told = new Brief(
                header,
                statement(brief.transferReason(), missing),
                brief.callSummary().stream().map(s -> statement(s, missing)).toList(),
                brief.informationCollected().stream().map(c -> new Brief.Collected(key(c.key()), c.value())).toList(),
                brief.nextSteps().stream().map(s -> new Brief.NextStep(statement(s.action(), missing), s.confidence())).toList(),
                brief.transcript(),
                brief.complianceFlags().stream().map(f -> new Brief.Flag(f.type(), f.severity(), statement(f.detail(), missing), f.turns())).toList(),
                meta);
        String left = missing.isEmpty() ? null : "Some of the brief’s own words are English: “" + missing.getFirst() + "” has no wording in “" + language + "”.";
        return told.with(meta.withLanguage(language, left));
    }

    /** A key keeps its counter: “Date 2”. */
    private String key(String key) {
        int space = key.lastIndexOf(' ');
        boolean counted = space > 0 && space + 1 < key.length() && key.substring(space + 1).chars().allMatch(Character::isDigit);
        return counted ? own(key.substring(0, space)) + key.substring(space) : own(key);
    }

    /** What stands outside the quotation marks is ours. */
    private String statement(String text, List<String> missing) {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('“', at);
            int end = open < 0 ? text.length() : open;
            out.append(piece(text.substring(at, end), missing));
            if (open < 0) {
                break;
            }
            int close = text.indexOf('”', open);
            int stop = close < 0 ? text.length() : close + 1;
            out.append(text, open, stop);
            at = stop;
        }
        return out.toString();
    }

    private String piece(String text, List<String> missing) {
        String plain = text.strip();
        if (plain.chars().noneMatch(Character::isLetter)) {
            return text;
        }
        String translated = words.get(plain);
        translated = translated == null ? numbered(plain) : translated;
        translated = translated == null ? begun(plain) : translated;
        if (translated == null) {
            missing.add(plain);
            return text;
        }
        int lead = text.indexOf(plain);
        return text.substring(0, lead) + translated + text.substring(lead + plain.length());
    }

    /** Numbers in it stand for themselves. */
    private String numbered(String plain) {
        String shape = plain.replaceAll("\\d+", "#");
        String translated = shape.equals(plain) ? null : words.get(shape);
        if (translated == null) {
            return null;
        }
        var numbers = java.util.regex.Pattern.compile("\\d+").matcher(plain);
        while (numbers.find()) {
            translated = translated.replaceFirst("#", numbers.group());
        }
        return translated;
    }

    /** “Do by hand what failed: …” with what follows. */
    private String begun(String plain) {
        for (var entry : words.entrySet()) {
            String english = entry.getKey();
            if (english.endsWith("…") && plain.startsWith(english.substring(0, english.length() - 1))) {
                String rest = plain.substring(english.length() - 1);
                String word = rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
                String known = words.get(word.replace('_', ' '));
                return entry.getValue().substring(0, entry.getValue().length() - 1) + (known == null ? rest : known + rest.substring(word.length()));
            }
        }
        return null;
    }
}
