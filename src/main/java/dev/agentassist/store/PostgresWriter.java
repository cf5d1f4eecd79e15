package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes to a PostgreSQL table in one transaction. What is new goes in with one statement for many; what is there already
 * is locked, merged and written back, so that of two writers neither overwrites what it has not seen.
 */
final class PostgresWriter implements ConversationStore.Writer {

    /** A row that another process deletes again and again is not waited for any longer. */
    private static final int ATTEMPTS = 5;

    private final PostgresDatabase database;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement lock;
    private final PreparedStatement update;
    private final PreparedStatement delete;

    PostgresWriter(PostgresDatabase database, Connection connection, PostgresTable table) throws SQLException {
        this.database = database;
        this.connection = connection;
        String columns = PostgresColumns.ALL.stream().map(PostgresColumns::column).collect(Collectors.joining(", "));
        String values = PostgresColumns.ALL.stream().map(PostgresWriter::converted).collect(Collectors.joining(", "));
        String rows = " FROM unnest("
                + PostgresColumns.ALL.stream().map(c -> "?::" + sent(c) + "[]").collect(Collectors.joining(", "))
                + ") AS v (" + columns + ")";
        insert = connection.prepareStatement("INSERT INTO " + table.name() + " (" + columns + ") SELECT " + values + rows
                + " ON CONFLICT (id) DO NOTHING RETURNING id");
        // In the order of the ids, so that two writers with the same conversations wait for each other and never in a circle.
        lock = connection.prepareStatement(
                table.select(PostgresColumns.ALL) + " WHERE id = ANY (?::text[]) ORDER BY id COLLATE \"C\" FOR UPDATE");
        update = connection.prepareStatement(
                "UPDATE " + table.name() + " AS t SET (" + columns + ") = ROW (" + values + ")" + rows + " WHERE t.id = v.id");
        delete = connection.prepareStatement("DELETE FROM " + table.name() + " WHERE id = ?");
    }

    /** The type in which a column's values are sent. */
    private static String sent(PostgresColumns column) {
        return switch (column.type()) {
            case "timestamptz" -> "bigint";
            case "integer" -> "integer";
            default -> "text";
        };
    }

    private static String converted(PostgresColumns column) {
        return switch (column.type()) {
            case "timestamptz" -> "timestamptz 'epoch' + v." + column.column() + " * interval '1 microsecond'";
            case "json" -> "v." + column.column() + "::json";
            default -> "v." + column.column();
        };
    }

    @Override
    public Change put(Conversation conversation) {
        return putAll(List.of(conversation)).getFirst();
    }

    @Override
    public List<Change> putAll(List<Conversation> conversations) {
        var changes = new ArrayList<Change>(conversations.size());
        var batch = new ArrayList<Conversation>(conversations.size());
        Set<String> ids = new HashSet<>();
        try {
            for (Conversation conversation : conversations) {
                // One statement takes each id once.
                if (!ids.add(PostgresRow.fit(conversation.id()))) {
                    changes.addAll(write(batch));
                    batch.clear();
                    ids.clear();
                    ids.add(PostgresRow.fit(conversation.id()));
                }
                batch.add(conversation);
            }
            changes.addAll(write(batch));
            return changes;
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private List<Change> write(List<Conversation> batch) throws SQLException {
        Map<String, Change> done = new HashMap<>();
        for (int attempt = 0; done.size() < batch.size(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw Failure.unavailable("Another process keeps deleting what is being written.", "Run it again when it is done.");
            }
            List<Conversation> left =
                    batch.stream().filter(c -> !done.containsKey(PostgresRow.fit(c.id()))).toList();
            bind(insert, left);
            try (ResultSet added = insert.executeQuery()) {
                while (added.next()) {
                    done.put(added.getString(1), Change.ADDED);
                }
            }
            merge(left.stream().filter(c -> !done.containsKey(PostgresRow.fit(c.id()))).toList(), done);
        }
        return batch.stream().map(c -> done.get(PostgresRow.fit(c.id()))).toList();
    }

    private void merge(List<Conversation> existing, Map<String, Change> done) throws SQLException {
        if (existing.isEmpty()) {
            return;
        }
        Map<String, Conversation> stored = new HashMap<>();
        lock.setArray(1, connection.createArrayOf("text", existing.stream().map(c -> PostgresRow.fit(c.id())).toArray()));
        try (ResultSet rows = lock.executeQuery()) {
            while (rows.next()) {
                Conversation row = PostgresRow.conversation(rows);
                stored.put(row.id(), row);
            }
        }
        var changed = new ArrayList<Conversation>();
        for (Conversation conversation : existing) {
            Conversation old = stored.get(PostgresRow.fit(conversation.id()));
            if (old != null) {
                Merge merge = Merge.of(old, Merge.normal(PostgresRow.fit(conversation)));
                done.put(old.id(), merge.change());
                if (merge.change() == Change.UPDATED) {
                    changed.add(merge.record());
                }
            }
        }
        if (!changed.isEmpty()) {
            bind(update, changed);
            update.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, List<Conversation> conversations) throws SQLException {
        for (PostgresColumns column : PostgresColumns.ALL) {
            Object[] values = switch (sent(column)) {
                case "bigint" -> new Long[conversations.size()];
                case "integer" -> new Integer[conversations.size()];
                default -> new String[conversations.size()];
            };
            for (int i = 0; i < values.length; i++) {
                values[i] = PostgresRow.value(column, conversations.get(i));
            }
            statement.setArray(column.number(), connection.createArrayOf(sent(column), values));
        }
    }

    @Override
    public boolean delete(String id) {
        try {
            delete.setString(1, PostgresRow.fit(id));
            return delete.executeUpdate() == 1;
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            Failure failure = database.failure(e);
            if (failure.problem() instanceof dev.agentassist.problem.Problem.Unavailable) {
                throw Failure.unavailable(
                        failure.problem().detail() + " Whether this was kept is not known.", "Run it again: what was kept does no harm.");
            }
            throw failure;
        }
    }

    /** The server rolls back what is open when its connection ends. */
    @Override
    public void close() {
        PostgresDatabase.close(connection);
    }
}
