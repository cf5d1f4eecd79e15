package dev.agentassist.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rows of a query, fetched some at a time from a cursor of the server: memory stays flat, and PostgreSQL plans for the
 * first rows rather than for all of them, which the driver's own way of fetching in parts does not make it do.
 */
final class PostgresCursor<T> extends Spliterators.AbstractSpliterator<T> {

    private final Connection connection;
    private final String name;
    private final Rows.Reader<T> reader;
    private final Function<SQLException, RuntimeException> failure;
    private final int most;
    private int next;
    private Statement statement;
    private ResultSet rows;
    private boolean ended;

    private PostgresCursor(
            Connection connection, String name, int most, Rows.Reader<T> reader, Function<SQLException, RuntimeException> failure) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.connection = connection;
        this.name = name;
        this.most = most;
        // The first ones are wanted at once.
        this.next = Math.min(most, 50);
        this.reader = reader;
        this.failure = failure;
    }

    /**
     * Within a transaction, which lasts until the stream is closed.
     *
     * @param most how many rows to hold at a time
     */
    static <T> Stream<T> open(
            Connection connection,
            String name,
            PostgresQuery query,
            int most,
            Rows.Reader<T> reader,
            Function<SQLException, RuntimeException> failure)
            throws SQLException {
        try (Statement sql = connection.createStatement()) {
            // Whoever reads the list in a pager takes their time; and where an index gives the order, nothing is to be sorted
            // first, however few rows there still are.
            sql.execute("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL cursor_tuple_fraction = 0.001;"
                    + " SET LOCAL enable_sort = off");
        }
        try (PreparedStatement declare =
                connection.prepareStatement("DECLARE " + name + " NO SCROLL CURSOR FOR " + query.sql())) {
            query.bind(declare);
            declare.execute();
        }
        var cursor = new PostgresCursor<>(connection, name, most, reader, failure);
        return StreamSupport.stream(cursor, false).onClose(cursor::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        T row;
        try {
            while (rows == null || !rows.next()) {
                if (ended || !fetch()) {
                    return false;
                }
            }
            row = reader.read(rows);
        } catch (SQLException e) {
            throw failure.apply(e);
        }
        action.accept(row);
        return true;
    }

    private boolean fetch() throws SQLException {
        if (statement == null) {
            statement = connection.createStatement();
        }
        rows = statement.executeQuery("FETCH " + next + " FROM " + name);
        next = most;
        if (!rows.isBeforeFirst()) {
            ended = true;
        }
        return !ended;
    }

    private void close() {
        try {
            if (statement != null) {
                statement.close();
            }
            if (!connection.isClosed()) {
                try (Statement sql = connection.createStatement()) {
                    sql.execute("CLOSE " + name);
                }
            }
        } catch (SQLException e) {
            // The transaction's end closes it, too.
        }
    }
}
