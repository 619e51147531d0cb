package dev.logaggregator.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives a request over HTTP/2, whose host stands in {@code :authority}, the header {@code Host}
 * that {@link BrowserGuard} looks at. Comes before the valve that believes what proxies say of the
 * host.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AuthorityAsHost extends ValveBase
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  AuthorityAsHost() {
    super(true);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(this);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if ("HTTP/2.0".equals(request.getProtocol())) {
      MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
      String name = request.getServerName();
      if (headers.getHeader("host") == null && name != null) {
        headers.addValue("host").setString(name + ":" + request.getServerPort());
      }
    }
    getNext().invoke(request, response);
  }
}
