package dev.logaggregator.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a client and the service that fails when it is told to. */
final class CuttingProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int targetPort;
  private final Random random;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  CuttingProxy(int targetPort, long seed) {
    this.targetPort = targetPort;
    random = new Random(seed);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /**
   * Cuts all connections: at once, or within what the service sends next, in the middle of an event
   * most likely.
   */
  void cut() {
    for (Connection connection : connections) {
      if (random.nextBoolean()) {
        connection.close();
      } else {
        connection.closeWithin(1 + random.nextInt(2_000));
      }
    }
  }

  /** Cuts all connections, and lets no new one through until {@link #up}. */
  void down() {
    down = true;
    connections.forEach(Connection::close);
  }

  void up() {
    down = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (down) {
          client.close();
          continue;
        }
        Connection connection =
            new Connection(client, new Socket(InetAddress.getLoopbackAddress(), targetPort));
        connections.add(connection);
        Thread.ofVirtual().start(connection::sendRequests);
        Thread.ofVirtual().start(connection::sendAnswers);
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Two sockets, and how much may still go through to the client. */
  private final class Connection {

    private final Socket client;
    private final Socket service;
    private volatile int left = Integer.MAX_VALUE;

    Connection(Socket client, Socket service) {
      this.client = client;
      this.service = service;
    }

    void sendRequests() {
      try (InputStream in = client.getInputStream();
          OutputStream out = service.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException closed) {
        // As is said below.
      }
      close();
    }

    void sendAnswers() {
      byte[] buffer = new byte[16 * 1024];
      try (InputStream in = service.getInputStream();
          OutputStream out = client.getOutputStream()) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          int most = left;
          out.write(buffer, 0, Math.min(read, most));
          if (read >= most) {
            break;
          }
        }
      } catch (IOException closed) {
        // As is said below.
      }
      close();
    }

    void closeWithin(int bytes) {
      left = bytes;
    }

    void close() {
      connections.remove(this);
      try {
        client.close();
        service.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    connections.forEach(Connection::close);
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
