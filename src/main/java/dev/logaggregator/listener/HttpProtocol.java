package dev.logaggregator.listener;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;

/**
 * Tomcat's HTTP, with its connections in reach. Tomcat's own bounds are on single reads and writes,
 * so that a client that sends or takes a byte now and then has a connection for as long as it
 * likes; and when there are as many as there may be, it lets all others wait. Public, since Tomcat
 * makes it by its name.
 */
public final class HttpProtocol extends Http11NioProtocol {

  private final HttpEndpoint endpoint;

  public HttpProtocol() {
    this(new HttpEndpoint());
  }

  private HttpProtocol(HttpEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
    UnregisteredHandler unregistered = new UnregisteredHandler(this);
    endpoint.setHandler(unregistered);
    setHandler(unregistered);
  }

  /**
   * Doesn't register in JMX what serves a request. Tomcat does so under one monitor for all, which
   * is handed from one virtual thread to the next at the pace at which these get their turn: many
   * requests at once would wait for it in a row.
   */
  private static final class UnregisteredHandler extends ConnectionHandler<NioChannel> {

    UnregisteredHandler(HttpProtocol protocol) {
      super(protocol);
    }

    @Override
    protected void register(Processor processor) {
      // See the class.
    }

    @Override
    protected void unregister(Processor processor) {
      // See the class.
    }
  }

  Connections connections() {
    return endpoint.watched();
  }

  /** Closes those that are late. */
  void closeLate() {
    endpoint.watched().closeLate(endpoint.open());
  }

  @Override
  protected Processor createProcessor() {
    return new HttpProcessor(this, getAdapter(), endpoint.watched());
  }
}
