package dev.logaggregator.stream;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * The connections of streams. A client may leave one unread for longer than other answers, since
 * that costs nobody anything; but not for so long that it holds up a shutdown.
 */
@Component
final class StreamConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  /** For what is being written when the service stops. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final StreamSettings settings;
  private final int maxConnections;
  private final Set<Patience> streams = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ReachableHttp http;

  StreamConnections(
      StreamSettings settings, @Value("${server.tomcat.max-connections:8192}") int maxConnections) {
    this.settings = settings;
    this.maxConnections = maxConnections;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    settings.requireRoomWithin(maxConnections);
    factory.setProtocol(ReachableHttp.class.getName());
    factory.addConnectorCustomizers(
        connector -> {
          if (connector.getProtocolHandler() instanceof ReachableHttp reachable) {
            http = reachable;
          }
        });
  }

  /** That a request's connection is a stream's, until closed. For the request's own thread. */
  Patience patience(ServletRequest request) {
    ReachableHttp reachable = http;
    Patience patience = new Patience(reachable == null ? null : reachable.connectionOf(request));
    streams.add(patience);
    return patience;
  }

  /** See {@link #patience}. */
  final class Patience implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final @Nullable SocketWrapperBase<NioChannel> connection;
    private final long usualTimeoutMillis;

    private Patience(@Nullable SocketWrapperBase<NioChannel> connection) {
      this.connection = connection;
      usualTimeoutMillis = connection == null ? 0 : connection.getWriteTimeout();
      if (connection != null) {
        connection.setWriteTimeout(settings.maxStall().toMillis());
      }
    }

    private void cutOff() {
      if (connection != null) {
        connection.close();
        thread.interrupt();
      }
    }

    @Override
    public void close() {
      streams.remove(this);
      if (connection != null) {
        connection.setWriteTimeout(usualTimeoutMillis);
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
