package dev.logaggregator.listener;

import dev.logaggregator.worker.Workers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Has Tomcat keep to the bounds on connections. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE) // after Spring Boot's own, which sets what is bounded here
@EnableConfigurationProperties(ListenerSettings.class)
public final class Listener
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, DisposableBean {

  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Of the buffers that connections and requests leave, so many are kept for the next ones. */
  private static final int PART_KEPT = 8;

  private final ListenerSettings settings;
  private final ConnectionLimit limit;
  private final Workers workers;
  private final CountDownLatch ended = new CountDownLatch(1);

  Listener(ListenerSettings settings, ConnectionLimit limit, Workers workers) {
    this.settings = settings;
    this.limit = limit;
    this.workers = workers;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setProtocol(HttpProtocol.class.getName());
    factory.addConnectorCustomizers(this::customize);
  }

  private void customize(Connector connector) {
    if (connector.getProtocolHandler() instanceof HttpProtocol http) {
      http.setMaxConnections(limit.connections());
      int kept = limit.connections() / PART_KEPT;
      http.setProcessorCache(kept);
      http.setProperty("socket.bufferPool", Integer.toString(kept));
      http.connections().setTimeouts(settings.headerTimeout(), settings.writeTimeout());
      workers.start(
          "connections",
          Thread.ofPlatform().daemon().name("connections"),
          () -> closeLateUntilTheEnd(http));
    }
  }

  private void closeLateUntilTheEnd(HttpProtocol http) throws InterruptedException {
    long pauseMillis =
        Math.min(
            LONGEST_PAUSE_MILLIS,
            Math.min(settings.headerTimeout().toMillis(), settings.writeTimeout().toMillis()) / 4);
    while (!ended.await(Math.max(1, pauseMillis), TimeUnit.MILLISECONDS)) {
      http.closeLate();
    }
  }

  @Override
  public void destroy() {
    ended.countDown();
  }

  /** The connection on which a request came; null where Tomcat has been given another protocol. */
  public static @Nullable Connection connectionOf(Request request) {
    return (Connection) request.getCoyoteRequest().getNote(HttpProcessor.CONNECTION_NOTE);
  }
}
