package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class DemoStoreTest extends StoreContract {

    @Override
    ConversationStore holding(List<Conversation> conversations) {
        var lines = new StringBuilder();
        conversations.forEach(c -> lines.append(ConversationJson.write(c)).append('\n'));
        return new DemoStore(() -> new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
