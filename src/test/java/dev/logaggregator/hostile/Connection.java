package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection of somebody honest: a request at a time, kept alive, each answer read whole. */
final class Connection implements AutoCloseable {

  /** Longer than anything that is measured, so that what takes long is seen to take long. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final byte[] LOCAL = {127, 0, 0, 1};

  /** A status and a body. */
  record Answer(int status, byte[] body) {

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    String text() {
      return new String(body, UTF_8);
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  Connection(int port) throws IOException {
    this(port, LOCAL, PATIENCE);
  }

  Connection(int port, Duration patience) throws IOException {
    this(port, LOCAL, patience);
  }

  Connection(int port, byte[] from) throws IOException {
    this(port, from, PATIENCE);
  }

  /**
   * Connects.
   *
   * @param from the client's address
   * @param patience with each read
   */
  private Connection(int port, byte[] from, Duration patience) throws IOException {
    int millis = (int) patience.toMillis();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(millis);
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOCAL), port), millis);
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  /** Sends a request on a connection of its own and reads the answer. */
  static Answer exchange(int port, Request request) throws IOException {
    try (Connection connection = new Connection(port)) {
      return connection.send(request);
    }
  }

  Answer send(Request request) throws IOException {
    byte[] head = request.head();
    byte[] body = request.body();
    if (body.length < 16 * 1024) {
      byte[] all = new byte[head.length + body.length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(body, 0, all, head.length, body.length);
      socket.getOutputStream().write(all);
    } else {
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
    }
    return readAnswer();
  }

  private Answer readAnswer() throws IOException {
    int status = Integer.parseInt(line().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    long length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring("content-length:".length()).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = true;
      }
    }
    return new Answer(status, chunked ? chunks() : exactly((int) length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line(), 16);
      body.writeBytes(exactly(length));
      line();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("closed within an answer");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed before an answer's end");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
