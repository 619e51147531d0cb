package dev.logaggregator.listener;

import java.util.Collection;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's endpoint, which makes room instead of waiting for it when there is none. */
final class HttpEndpoint extends NioEndpoint {

  /** How long to wait for one of the connections to end when none can be closed. */
  private static final long PAUSE_MILLIS = 20;

  private final Connections watched = new Connections();

  Connections watched() {
    return watched;
  }

  /** All that are open, without a copy. */
  Collection<SocketWrapperBase<NioChannel>> open() {
    return connections.values();
  }

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffers) {
    return new WatchedChannel(buffers);
  }

  @Override
  protected void countUpOrAwaitConnection() throws InterruptedException {
    while (isRunning() && !isPaused() && getConnectionCount() >= getMaxConnections()) {
      if (!watched.makeRoom(open(), getMaxConnections())) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    super.countUpOrAwaitConnection();
  }
}
