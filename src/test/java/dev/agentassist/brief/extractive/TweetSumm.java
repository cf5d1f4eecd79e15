package dev.agentassist.brief.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Dialogues of TweetSumm (Feigenblat et al., 2021) with the sentences that its annotators chose. The annotations are the
 * {@code *tweetsum.jsonl} files of the GitHub repository guyfe/Tweetsumm, the dialogues' text is {@code twitter.json} of
 * IssamLaradji/chat_summarization_tutorial, which has them in the same order of tweets; both in one folder.
 */
final class TweetSumm {

    /**
     * A dialogue.
     *
     * @param tweets what was said, with each tweet cut into the data set's sentences
     * @param gold for each annotator the sentences that stand in the summary, joined
     */
    record Dialogue(String id, List<Tweet> tweets, List<String> gold) {
        /** Whether it is kept for the figures: the id's last digit is 8 to f. */
        boolean measured() {
            return "89abcdef".indexOf(id.charAt(id.length() - 1)) >= 0;
        }

        List<String> sentences() {
            return tweets.stream().flatMap(t -> t.sentences().stream()).toList();
        }
    }

    /** One tweet. */
    record Tweet(boolean customer, String text, List<String> sentences) {}

    private TweetSumm() {}

    static List<Dialogue> read(Path folder) throws IOException {
        Map<String, List<String[]>> texts = texts(folder.resolve("twitter.json"));
        var dialogues = new ArrayList<Dialogue>();
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(p -> p.getFileName().toString().endsWith("tweetsum.jsonl")).sorted().toList();
        }
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                JsonNode json = Json.MAPPER.readTree(line);
                List<String[]> tweets = texts.get(json.path("conversation_id").asText());
                if (tweets != null && tweets.size() == json.path("tweet_ids_sentence_offset").size()) {
                    dialogues.add(dialogue(json, tweets));
                }
            }
        }
        dialogues.sort(Comparator.comparing(Dialogue::id));
        return dialogues;
    }

    private static Map<String, List<String[]>> texts(Path file) throws IOException {
        var texts = new HashMap<String, List<String[]>>();
        for (JsonNode document : Json.MAPPER.readTree(file.toFile()).path("document")) {
            String[] lines = document.asText().split("\n\t(?=(?:Customer|Agent):\t)");
            var tweets = new ArrayList<String[]>();
            for (int i = 1; i < lines.length; i++) {
                int tab = lines[i].indexOf('\t');
                String text = lines[i].substring(tab + 1);
                tweets.add(new String[] {lines[i].substring(0, tab - 1), i == lines.length - 1 && text.endsWith("\n") ? text.substring(0, text.length() - 1) : text});
            }
            texts.put(lines[0].strip(), tweets);
        }
        return texts;
    }

    private static Dialogue dialogue(JsonNode json, List<String[]> texts) {
        var tweets = new ArrayList<Tweet>();
        var byId = new HashMap<String, String>();
        int at = 0;
        for (JsonNode tweet : json.path("tweet_ids_sentence_offset")) {
            String[] said = texts.get(at++);
            var sentences = new ArrayList<String>();
            for (JsonNode offset : tweet.path("sentence_offsets")) {
                sentences.add(cut(said[1], offset.asText()));
            }
            byId.put(tweet.path("tweet_id").asText(), said[1]);
            tweets.add(new Tweet(said[0].equals("Customer"), said[1], sentences));
        }
        var gold = new ArrayList<String>();
        for (JsonNode annotator : json.path("annotations")) {
            var chosen = new ArrayList<String>();
            JsonNode extractive = annotator.path("extractive");
            for (JsonNode sentence : extractive.isArray() ? extractive : Json.MAPPER.createArrayNode()) {
                String text = byId.get(sentence.path("tweet_id").asText());
                if (text != null) {
                    chosen.add(cut(text, sentence.path("sentence_offset").asText()));
                }
            }
            if (!chosen.isEmpty()) {
                gold.add(String.join(" ", chosen));
            }
        }
        return new Dialogue(json.path("conversation_id").asText(), tweets, gold);
    }

    /** {@code [41, 139]}, in code points. */
    private static String cut(String text, String offset) {
        String[] ends = offset.replaceAll("[\\[\\] ]", "").split(",");
        int[] points = text.codePoints().toArray();
        int from = Math.min(points.length, Integer.parseInt(ends[0]));
        int to = Math.min(points.length, Integer.parseInt(ends[1]));
        return new String(points, from, Math.max(0, to - from));
    }
}
