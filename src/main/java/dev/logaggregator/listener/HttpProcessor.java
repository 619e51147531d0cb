package dev.logaggregator.listener;

import dev.logaggregator.worker.CarrierTurns;
import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tells a {@link Connection} what happens on it. Serves one at a time, one after the other. */
final class HttpProcessor extends Http11Processor {

  /** Where a request has its connection; Tomcat has the first two of 32 places. */
  static final int CONNECTION_NOTE = 16;

  private final Connections connections;
  private final HttpEndpoint endpoint;

  HttpProcessor(HttpProtocol protocol, Adapter adapter, HttpEndpoint endpoint) {
    super(protocol, adapter);
    this.endpoint = endpoint;
    this.connections = endpoint.watched();
  }

  @Override
  public SocketState service(SocketWrapperBase<?> socket) throws IOException {
    Connection connection = connections.of(socket);
    request.setNote(CONNECTION_NOTE, connection);
    connection.begin(request);
    CarrierTurns.Turn turn = endpoint.turns().turn(connection, connection.client());
    SocketState state = SocketState.CLOSED;
    try {
      state = CarrierTurns.call(turn, () -> super.service(socket));
      return state;
    } finally {
      connection.end(request, state);
      if (state == SocketState.CLOSED) {
        connections.forget(socket);
      }
      request.setNote(CONNECTION_NOTE, null);
    }
  }
}
