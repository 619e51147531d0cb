package dev.logaggregator.request;

import dev.logaggregator.listener.Connection;
import dev.logaggregator.listener.Listener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Leaves Tomcat's own request where {@link ClientConnection} finds it. */
@Component
class ClientConnectionValve extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  static final String ATTRIBUTE = ClientConnection.class.getName();

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
    getNext().invoke(request, response);
  }
}
