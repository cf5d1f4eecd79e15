package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreIT extends WritableStoreContract {

    private static EmbeddedPostgres server;
    private static int tables;

    @TempDir
    Path home;

    private String url;

    @BeforeAll
    static void start() throws Exception {
        server = Databases.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    ConversationStore holding(List<Conversation> conversations) throws Exception {
        url = null;
        return super.holding(conversations);
    }

    @Override
    ConversationStore open() {
        boolean made = url != null;
        if (!made) {
            url = Databases.url(server) + "?table=t" + ++tables;
        }
        PostgresStore store = Databases.open(url, Databases.access(home));
        if (!made) {
            store.check(true);
        }
        return store;
    }
}
