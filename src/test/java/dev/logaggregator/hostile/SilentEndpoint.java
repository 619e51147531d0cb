package dev.logaggregator.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections and neither reads nor answers. */
final class SilentEndpoint implements AutoCloseable {

  private static final int BACKLOG = 1_000;

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;

  SilentEndpoint() throws IOException {
    server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        sockets.add(server.accept());
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
