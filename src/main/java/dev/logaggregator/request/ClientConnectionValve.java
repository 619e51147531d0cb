package dev.logaggregator.request;

import dev.logaggregator.listener.Connection;
import dev.logaggregator.listener.Listener;
import dev.logaggregator.worker.CarrierTurns;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Leaves Tomcat's own request where {@link ClientConnection} finds it, and has it begin: at once
 * where little is published or health is asked for, which takes a fraction of a millisecond and
 * must not wait for anything else; otherwise in turn with those of others.
 */
@Component
class ClientConnectionValve extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  static final String ATTRIBUTE = ClientConnection.class.getName();

  /** Of a body, whose events are decoded and stored in a fraction of a millisecond. */
  private static final long SMALL_BYTES = 16 * 1024;

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
    if (!isSmall(request)) {
      CarrierTurns.begin();
    }
    getNext().invoke(request, response);
  }

  private static boolean isSmall(Request request) {
    String path = request.getRequestURI();
    long length = request.getContentLengthLong();
    return path.startsWith("/publish") && length >= 0 && length <= SMALL_BYTES
        || path.startsWith("/actuator/health");
  }
}
