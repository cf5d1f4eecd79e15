package dev.agentassist.exchange;

import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.format.Parsed;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Reads a file of conversations into a store: whole or not at all, unless told to keep going over bad records. One thread
 * reads and normalises, the caller's writes; what lies between is bounded.
 */
public final class Importer {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{7,14}");

    private final ConversationStore store;
    private final String region;

    /** {@code region}: the country of numbers without a country code, or null. */
    public Importer(ConversationStore store, String region) {
        this.store = store;
        this.region = region;
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
                var ahead = new ReadAhead(records, this::normalised)) {
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
        String place = one.place().isEmpty() ? "" : ", " + one.place();
        String hint = one.problem().hint();
        return Failure.badInput(
                source + place + ": " + one.problem().detail(),
                keepGoing ? hint : (hint == null ? "" : hint + " ") + "Nothing was imported; --keep-going leaves bad records out.");
    }

    /** The caller's number in E.164, so that it is found by equality; what is no number stays as it is. */
    private Parsed normalised(Parsed parsed) {
        if (!(parsed instanceof Parsed.Read read)) {
            return parsed;
        }
        Conversation c = read.conversation();
        ConversationInfo i = c.info();
        boolean telephone = i.channel() == null || i.channel() == Channel.TELEPHONE;
        if (i.userId() == null || !telephone || E164.matcher(i.userId()).matches()) {
            return parsed;
        }
        String number = PhoneNumber.of(i.userId(), region).map(PhoneNumber::e164).orElse(i.userId());
        if (number.equals(i.userId())) {
            return parsed;
        }
        var info = new ConversationInfo(
                i.id(), i.organizationId(), i.direction(), i.channel(), i.status(), number, i.agentId(), i.agentName(),
                i.roomName(), i.duration(), i.userTurnCount(), i.createdAt(), i.updatedAt());
        return new Parsed.Read(
                read.place(),
                new Conversation(
                        info, c.agentVersionId(), c.agentNumber(), c.webWidgetId(), c.summary(), c.initialContext(),
                        c.customMetadata(), c.transcript(), c.recordingDetails(), c.extra()));
    }
}
