package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.testkit.PostgresPart;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreIT extends WritableStoreContract {

    private static PostgresPart.Database database;
    private static int tables;

    @TempDir
    Path home;

    private String url;

    @Override
    ConversationStore holding(List<Conversation> conversations) throws Exception {
        url = null;
        return super.holding(conversations);
    }

    @Override
    ConversationStore open() {
        boolean made = url != null;
        if (!made) {
            if (database == null) {
                database = PostgresPart.database();
            }
            url = database.url() + "?table=t" + ++tables;
        }
        PostgresStore store = Databases.open(url, Databases.access(home));
        if (!made) {
            store.check(true);
        }
        return store;
    }
}
