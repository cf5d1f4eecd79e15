package dev.agentassist.exchange;

import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.format.Parsed;
import java.util.regex.Pattern;

/** Brings the callers' numbers of files into E.164. */
final class CallerNumbers {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{7,14}");

    private final String region;

    /** {@code region}: the country of numbers without a country code, or null. */
    CallerNumbers(String region) {
        this.region = region;
    }

    /** The same record; a bad one stays as it is. */
    Parsed normalised(Parsed parsed) {
        return parsed instanceof Parsed.Read read ? new Parsed.Read(read.place(), normalised(read.conversation())) : parsed;
    }

    /** The caller's number in E.164, so that it is found by equality; what is no number stays as it is. */
    Conversation normalised(Conversation c) {
        ConversationInfo i = c.info();
        boolean telephone = i.channel() == null || i.channel() == Channel.TELEPHONE;
        if (i.userId() == null || !telephone || E164.matcher(i.userId()).matches()) {
            return c;
        }
        String number = PhoneNumber.of(i.userId(), region).map(PhoneNumber::e164).orElse(i.userId());
        if (number.equals(i.userId())) {
            return c;
        }
        var info = new ConversationInfo(
                i.id(), i.organizationId(), i.direction(), i.channel(), i.status(), number, i.agentId(), i.agentName(),
                i.roomName(), i.duration(), i.userTurnCount(), i.createdAt(), i.updatedAt());
        return new Conversation(
                info, c.agentVersionId(), c.agentNumber(), c.webWidgetId(), c.summary(), c.initialContext(),
                c.customMetadata(), c.transcript(), c.recordingDetails(), c.extra());
    }
}
