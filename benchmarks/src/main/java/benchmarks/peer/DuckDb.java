package benchmarks.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB within this process, with a table of orders' events on disk. */
public final class DuckDb implements AutoCloseable {

  private final Connection connection;

  public DuckDb(Place place) {
    Path file = place.directory("duckdb").resolve("events.duckdb");
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:" + file);
      execute(
          """
          CREATE TABLE events (id VARCHAR, timestamp TIMESTAMP, topic VARCHAR, source VARCHAR,
            level VARCHAR, "order" BIGINT, amount DOUBLE, status BIGINT, currency VARCHAR,
            customer VARCHAR, msg VARCHAR)\
          """);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB doesn't start", e);
    }
  }

  /** Adds the events of a file of NDJSON. */
  public void load(Path file) {
    execute(
        """
        INSERT INTO events
        SELECT id, timestamp, topic, source, level, payload."order", payload.amount,
          payload.status, payload.currency, payload.customer, payload.msg
        FROM read_json('%s', format = 'newline_delimited', columns = {id: 'VARCHAR',
          timestamp: 'TIMESTAMP', topic: 'VARCHAR', source: 'VARCHAR', level: 'VARCHAR',
          payload: 'STRUCT("order" BIGINT, amount DOUBLE, status BIGINT, currency VARCHAR,
            customer VARCHAR, msg VARCHAR)'})\
        """
            .formatted(file));
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Asks, takes all rows, and returns how long that took, in milliseconds. */
  public double millis(String query) {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        rows.getObject(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB doesn't end", e);
    }
  }
}
