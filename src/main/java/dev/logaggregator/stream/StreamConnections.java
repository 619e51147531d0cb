package dev.logaggregator.stream;

import dev.logaggregator.listener.Connection;
import dev.logaggregator.request.ClientConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The connections of streams. A client may leave one unread for longer than other answers, since
 * that costs nobody anything; but not for so long that it holds up a shutdown.
 */
@Component
final class StreamConnections {

  /** For what is being written when the service stops. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final StreamSettings settings;
  private final Set<Patience> streams = ConcurrentHashMap.newKeySet();

  StreamConnections(StreamSettings settings) {
    this.settings = settings;
  }

  /** That a client's connection is a stream's, until closed. */
  Patience patience(ClientConnection client) {
    Patience patience = new Patience(client.connection());
    streams.add(patience);
    return patience;
  }

  /** See {@link #patience}. */
  final class Patience implements AutoCloseable {

    private final @Nullable Connection connection;
    private final long usualStallNanos;

    private Patience(@Nullable Connection connection) {
      this.connection = connection;
      usualStallNanos =
          connection == null ? 0 : connection.allowStall(settings.maxStall().toNanos());
    }

    private void cutOff() {
      if (connection != null) {
        connection.cutOff();
      }
    }

    @Override
    public void close() {
      streams.remove(this);
      if (connection != null) {
        connection.allowStall(usualStallNanos);
      }
    }
  }

  /** Closes those connections on which something can't be written, a moment from now. */
  void endBlocked() {
    if (!streams.isEmpty()) {
      Thread.ofVirtual().name("end-blocked-streams").start(this::cutOffAfterGrace);
    }
  }

  private void cutOffAfterGrace() {
    long end = System.nanoTime() + GRACE.toNanos();
    while (!streams.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(this, GRACE.toNanos() / 100);
    }
    streams.forEach(Patience::cutOff);
  }
}
