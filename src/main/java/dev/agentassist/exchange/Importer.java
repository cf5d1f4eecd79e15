package dev.agentassist.exchange;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.format.Parsed;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Reads a file of conversations into a store: whole or not at all, unless told to keep going over bad records. One thread
 * reads and normalises, the caller's writes; what lies between is bounded.
 */
public final class Importer {

    private final ConversationStore store;
    private final CallerNumbers numbers;

    /** {@code region}: the country of numbers without a country code, or null. */
    public Importer(ConversationStore store, String region) {
        this.store = store;
        this.numbers = new CallerNumbers(region);
    }

    /**
     * @param source what to call the file in a message
     * @param keepGoing leave bad records out instead of failing at the first
     * @param bad told of each bad record, as a sentence that names it; only with {@code keepGoing}
     * @param progress told now and then how many records were read
     */
    public ImportReport run(
            Records records, String source, boolean keepGoing, Consumer<Failure> bad, LongConsumer progress) {
        Map<ConversationStore.Change, Long> changes = new EnumMap<>(ConversationStore.Change.class);
        long broken = 0;
        long read = 0;
        Failure end = null;
        try (ConversationStore.Writer writer = store.write();
                var ahead = new ReadAhead(records, numbers::normalised)) {
            try {
                for (List<Parsed> batch = ahead.next(); !batch.isEmpty(); batch = ahead.next()) {
                    List<Conversation> good = new ArrayList<>(batch.size());
                    for (Parsed parsed : batch) {
                        switch (parsed) {
                            case Parsed.Read one -> good.add(one.conversation());
                            case Parsed.Bad one -> {
                                broken++;
                                Failure failure = named(one, source, keepGoing);
                                if (!keepGoing) {
                                    throw failure;
                                }
                                bad.accept(failure);
                            }
                        }
                    }
                    writer.putAll(good).forEach(change -> changes.merge(change, 1L, Long::sum));
                    read += batch.size();
                    progress.accept(read);
                }
            } catch (Failure failure) {
                if (!keepGoing) {
                    throw failure;
                }
                end = failure;
            }
            writer.commit();
        }
        if (end != null) {
            throw end;
        }
        return new ImportReport(
                records.format(),
                changes.getOrDefault(ConversationStore.Change.ADDED, 0L),
                changes.getOrDefault(ConversationStore.Change.UPDATED, 0L),
                changes.getOrDefault(ConversationStore.Change.UNCHANGED, 0L),
                changes.getOrDefault(ConversationStore.Change.STALE, 0L),
                broken);
    }

    private static Failure named(Parsed.Bad one, String source, boolean keepGoing) {
        String hint = one.problem().hint();
        return Failure.badInput(
                one.sentence(source),
                keepGoing ? hint : (hint == null ? "" : hint + " ") + "Nothing was imported; --keep-going leaves bad records out.");
    }
}
