package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * Clients that all behave in the same manner, each on a connection and a virtual thread of its own,
 * until the crowd is closed.
 */
final class Crowd implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 4_096;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int SECOND_MILLIS = 1_000;

  /** How long a client that vanishes waits before, so that its request is being worked on. */
  private static final int VANISHES_AFTER_MILLIS = 200;

  /** So many come at once, 2,000 in a second: what is tried is how many there are. */
  private static final int AT_ONCE = 20;

  private static final int BETWEEN_MILLIS = 10;

  private static final int STATUS_END = "HTTP/1.1 200".length();
  private static final int STATUS_DIGITS = 3;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int port;
  private final int addresses;
  private final Manner manner;
  private final Answers answers;
  private volatile boolean closed;

  /**
   * Sends a crowd, and returns when the last of them has come.
   *
   * @param addresses from how many addresses of loopback its clients come
   * @param requests what each of them sends, by its number
   * @param answers where statuses are counted
   */
  Crowd(
      int port,
      int addresses,
      int clients,
      Manner manner,
      IntFunction<Request> requests,
      Answers answers) {
    this.port = port;
    this.addresses = addresses;
    this.manner = manner;
    this.answers = answers;
    for (int i = 0; i < clients; i++) {
      int number = i;
      threads.submit(() -> live(number, requests.apply(number)));
      if (i % AT_ONCE == AT_ONCE - 1) {
        pause(BETWEEN_MILLIS);
      }
    }
  }

  private void live(int number, Request request) {
    do {
      try (Socket socket = connect(number)) {
        behave(socket, request);
      } catch (IOException broken) {
        // Closed by either side, as happens to such clients.
        pause(SECOND_MILLIS);
      }
      if (manner != Manner.READS) {
        pause(SECOND_MILLIS);
      }
    } while (!closed && comesAgain());
  }

  private boolean comesAgain() {
    return switch (manner) {
      case VANISHES, VANISHES_HALFWAY, READS -> true;
      default -> false;
    };
  }

  private Socket connect(int number) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      if (addresses > 1) {
        byte[] address = {127, 0, 1, (byte) (1 + number % addresses)};
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
      }
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
          CONNECT_MILLIS);
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private void behave(Socket socket, Request request) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (manner) {
      case IS_SILENT -> awaitEnd(socket);
      case SENDS_THE_HEAD -> {
        out.write(request.head());
        awaitEnd(socket);
      }
      case SENDS_A_BYTE_A_SECOND -> {
        drip(out, request.head());
        drip(out, request.body());
        awaitEnd(socket);
      }
      case SENDS_THE_BODY_A_BYTE_A_SECOND -> {
        out.write(request.head());
        drip(out, request.body());
        awaitEnd(socket);
      }
      case NEVER_READS -> {
        send(request, out);
        while (!closed) {
          pause(SECOND_MILLIS);
        }
        Thread.interrupted(); // or it couldn't look at what has come
        boolean answered = socket.getInputStream().available() >= STATUS_END;
        answers.add(answered ? status(socket) : Answers.NONE);
      }
      case READS_A_BYTE_A_SECOND -> {
        send(request, out);
        answers.add(status(socket));
        while (!closed && socket.getInputStream().read() >= 0) {
          pause(SECOND_MILLIS);
        }
      }
      case READS -> {
        send(request.with("Connection: close"), out);
        answers.add(status(socket));
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      case VANISHES -> {
        send(request, out);
        vanish(socket);
      }
      case VANISHES_HALFWAY -> {
        out.write(request.head());
        out.write(request.body(), 0, request.body().length / 2);
        vanish(socket);
      }
    }
  }

  private static void send(Request request, OutputStream out) throws IOException {
    out.write(request.head());
    out.write(request.body());
  }

  private void drip(OutputStream out, byte[] bytes) throws IOException {
    for (int i = 0; i < bytes.length && !closed; i++) {
      out.write(bytes[i]);
      pause(SECOND_MILLIS);
    }
  }

  private void awaitEnd(Socket socket) throws IOException {
    answers.add(status(socket));
    while (!closed && socket.getInputStream().read() >= 0) {
      // What is said to such a client doesn't matter.
    }
  }

  private void vanish(Socket socket) throws IOException {
    pause(VANISHES_AFTER_MILLIS);
    socket.setSoLinger(true, 0);
  }

  private static int status(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] start = in.readNBytes(STATUS_END);
    return start.length < STATUS_END
        ? Answers.NONE
        : Integer.parseInt(new String(start, STATUS_END - STATUS_DIGITS, STATUS_DIGITS, US_ASCII));
  }

  private void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException end) {
      closed = true; // which is the only reason
      Thread.currentThread().interrupt();
    }
  }

  /** All of them go: being interrupted closes the socket that a virtual thread waits for. */
  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    threads.close();
  }
}
