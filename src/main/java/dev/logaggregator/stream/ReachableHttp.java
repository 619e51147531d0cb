package dev.logaggregator.stream;

import jakarta.servlet.ServletRequest;
import java.util.Iterator;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP, with its connections in reach: how long a client may leave a write blocked can be
 * set for all connections only, by the time that a request's headers may take; and nothing but
 * closing the connection ends such a write. Public, since Tomcat makes it by its name.
 */
public final class ReachableHttp extends Http11NioProtocol {

  /** The connection on which a request came; null when it can't be told from another. */
  @Nullable SocketWrapperBase<NioChannel> connectionOf(ServletRequest request) {
    int port = request.getRemotePort();
    Iterator<SocketWrapperBase<NioChannel>> samePort =
        getEndpoint().getConnections().stream()
            .filter(connection -> connection.getRemotePort() == port)
            .iterator();
    SocketWrapperBase<NioChannel> found = samePort.hasNext() ? samePort.next() : null;
    return samePort.hasNext() ? null : found;
  }
}
