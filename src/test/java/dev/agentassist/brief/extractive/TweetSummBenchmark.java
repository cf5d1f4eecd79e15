package dev.agentassist.brief.extractive;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Measures the sentences that {@code brief} chooses against those that people chose (see {@link TweetSumm} for where the
 * data come from), beside the usual peers, four sentences each:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.agentassist.brief.extractive.TweetSummBenchmark FOLDER"</pre>
 */
final class TweetSummBenchmark {

    private static final int SENTENCES = 4;

    private TweetSummBenchmark() {}

    public static void main(String[] args) throws IOException {
        List<TweetSumm.Dialogue> all = TweetSumm.read(Path.of(args[0]));
        boolean development = args.length > 1 && args[1].equals("--development");
        print(System.out, all.stream().filter(d -> d.measured() != development).toList());
    }

    private static void print(PrintStream out, List<TweetSumm.Dialogue> dialogues) {
        Map<String, Function<TweetSumm.Dialogue, String>> rankers = new LinkedHashMap<>();
        rankers.put("lead-4", d -> joined(d.sentences().subList(0, Math.min(SENTENCES, d.sentences().size()))));
        rankers.put("LexRank", d -> joined(GraphRankers.lexRank(d.sentences(), SENTENCES).stream().map(d.sentences()::get).toList()));
        rankers.put("TextRank", d -> joined(GraphRankers.textRank(d.sentences(), SENTENCES).stream().map(d.sentences()::get).toList()));
        rankers.put("assist brief", TweetSummBenchmark::chosen);
        out.println(dialogues.size() + " dialogues of TweetSumm, " + SENTENCES + " sentences each, F1 with stemming against each annotator");
        out.printf("%-14s %8s %8s %8s%n", "", "ROUGE-1", "ROUGE-2", "ROUGE-L");
        rankers.forEach((name, ranker) -> row(out, name, dialogues.stream().map(d -> against(d, ranker.apply(d))).toList()));
        row(out, "annotators", dialogues.stream().filter(d -> d.gold().size() > 1).map(TweetSummBenchmark::among).toList());
    }

    private static void row(PrintStream out, String name, List<Rouge> figures) {
        Rouge mean = Rouge.mean(figures);
        out.printf("%-14s %8.1f %8.1f %8.1f%n", name, 100 * mean.one(), 100 * mean.two(), 100 * mean.longest());
    }

    private static Rouge against(TweetSumm.Dialogue dialogue, String summary) {
        return Rouge.mean(dialogue.gold().stream().map(gold -> Rouge.of(gold, summary)).toList());
    }

    /** Each annotator against each other. */
    private static Rouge among(TweetSumm.Dialogue dialogue) {
        var all = new ArrayList<Rouge>();
        for (int i = 0; i < dialogue.gold().size(); i++) {
            for (int j = 0; j < dialogue.gold().size(); j++) {
                if (i != j) {
                    all.add(Rouge.of(dialogue.gold().get(i), dialogue.gold().get(j)));
                }
            }
        }
        return Rouge.mean(all);
    }

    /** What the engine's selector takes of the dialogue, read as a call is. */
    private static String chosen(TweetSumm.Dialogue dialogue) {
        Reading reading = Reading.of(CallMaterial.of(call(dialogue)), new Lexicons());
        return joined(new SentenceSelector().select(reading.sentences(), SENTENCES).stream().map(Said::text).toList());
    }

    static Conversation call(TweetSumm.Dialogue dialogue) {
        var json = Json.MAPPER.createObjectNode();
        json.put("id", dialogue.id());
        json.put("status", "completed");
        json.put("created_at", "2017-11-01T00:00:00Z");
        var items = json.putObject("conversation").putArray("items");
        for (TweetSumm.Tweet tweet : dialogue.tweets()) {
            items.addObject().put("type", "message").put("role", tweet.customer() ? "user" : "assistant").put("content", tweet.text());
        }
        return ConversationJson.read(json);
    }

    private static String joined(List<String> sentences) {
        return String.join(" ", sentences);
    }
}
