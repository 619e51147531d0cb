package dev.logaggregator.request;

import dev.logaggregator.listener.Connection;
import dev.logaggregator.listener.Listener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Leaves Tomcat's own request where {@link ClientConnection} finds it. And drops what only asks
 * where it has been waiting for its turn for so long that its client has gone: a crowd that comes
 * and goes would otherwise leave its work behind.
 */
@Component
class ClientConnectionValve extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  static final String ATTRIBUTE = ClientConnection.class.getName();

  /** Who waits for less mostly is still there, and asking whether costs two system calls. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  ClientConnectionValve() {
    super(true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String method = request.getMethod();
    Connection connection = Listener.connectionOf(request);
    if (connection != null) {
      connection.nextRequest("GET".equals(method) || "HEAD".equals(method));
    }
    if ("GET".equals(method) || "POST".equals(method)) {
      request.setAttribute(ATTRIBUTE, request);
    }
    try {
      if (connection == null || !isForNobody(request, connection)) {
        getNext().invoke(request, response);
      }
    } finally {
      if (connection != null) {
        connection.answered(
            request.getCoyoteRequest().getBytesRead() + response.getBytesWritten(false));
      }
    }
  }

  private static boolean isForNobody(Request request, Connection connection) {
    if (!"GET".equals(request.getMethod()) || connection.waitedNanos() < LONG_NANOS) {
      return false;
    }
    ClientConnection client = ClientConnection.of(request);
    boolean gone = client.isGoneNow();
    if (gone) {
      client.cutOff();
    }
    return gone;
  }
}
