package dev.agentassist.store;

import dev.agentassist.conversation.Status;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The query behind a list, worded so that PostgreSQL can walk along an index and need not sort. */
record PostgresQuery(String sql, List<Object> parameters) {

    static PostgresQuery of(PostgresTable table, List<PostgresColumns> columns, ConversationFilter filter) {
        var parameters = new ArrayList<Object>();
        var sql = new StringBuilder();
        if (filter.phone() == null && filter.statuses().size() > 1) {
            // One walk a status, merged: a walk along all of them would meet every ended call to find a failed one.
            for (Status status : filter.statuses().stream().sorted().toList()) {
                sql.append(sql.isEmpty() ? "(" : " UNION ALL (");
                select(sql, parameters, table, columns, filter, List.of(status));
                sql.append(table.newestFirst()).append(')');
            }
            String all = "SELECT * FROM (" + sql + ") AS statuses";
            sql.setLength(0);
            sql.append(all);
        } else {
            select(sql, parameters, table, columns, filter, filter.statuses().stream().sorted().toList());
        }
        sql.append(table.newestFirst());
        if (filter.limit() > 0) {
            sql.append(" LIMIT ").append(filter.limit());
        }
        return new PostgresQuery(sql.toString(), parameters);
    }

    private static void select(
            StringBuilder sql,
            List<Object> parameters,
            PostgresTable table,
            List<PostgresColumns> columns,
            ConversationFilter filter,
            List<Status> statuses) {
        var conditions = new ArrayList<String>();
        if (filter.phone() != null) {
            conditions.add(table.types().containsKey(PostgresColumns.USER_ID) ? "user_id = ?" : "NULL = ?");
            parameters.add(filter.phone().e164());
        }
        if (!statuses.isEmpty()) {
            conditions.add("status IN ("
                    + String.join(", ", statuses.stream().map(s -> "'" + s.wire() + "'").toList()) + ")");
        }
        if (filter.since() != null) {
            conditions.add("created_at >= ?");
            parameters.add(filter.since());
        }
        if (filter.until() != null) {
            conditions.add("created_at < ?");
            parameters.add(filter.until());
        }
        if (filter.agent() != null) {
            var either = new ArrayList<String>();
            for (PostgresColumns column : List.of(PostgresColumns.AGENT_ID, PostgresColumns.AGENT_NAME)) {
                if (table.types().containsKey(column)) {
                    either.add(column.column() + " = ?");
                    parameters.add(PostgresRow.fit(filter.agent()));
                }
            }
            conditions.add(either.isEmpty() ? "false" : "(" + String.join(" OR ", either) + ")");
        }
        sql.append(table.select(columns));
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object value = parameters.get(i);
            statement.setObject(i + 1, value instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : value);
        }
    }
}
