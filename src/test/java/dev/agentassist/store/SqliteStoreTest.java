package dev.agentassist.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import dev.agentassist.conversation.Conversation;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends WritableStoreContract {

    @TempDir
    Path folder;

    private Path file;

    @Override
    ConversationStore holding(List<Conversation> conversations) throws Exception {
        file = folder.resolve(UUID.randomUUID() + ".db");
        return super.holding(conversations);
    }

    @Override
    ConversationStore open() {
        if (file == null) {
            file = folder.resolve("conversations.db");
        }
        return new SqliteStore(new SqliteFile(file, Duration.ofSeconds(5)));
    }
}
