package dev.logaggregator.stream;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.stream.SentEvents.Block;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream over a socket of its own, with a small receive buffer, that reads when it is told to:
 * until then, nobody takes what the server sends.
 */
final class RawStream implements AutoCloseable {

  private static final Random RANDOM = new Random(17);

  private final Socket socket;
  private final InputStream in;
  private InputStream chunk = InputStream.nullInputStream();

  private RawStream(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawStream open(RunningAggregator server, String pathAndQuery) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
            .formatted(pathAndQuery);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    RawStream stream = new RawStream(socket);
    while (!stream.line(stream.in).isEmpty()) {
      // The status and the headers.
    }
    return stream;
  }

  /** Text that doesn't compress. */
  static String noise(int length) {
    return RANDOM
        .ints(length, '0', 'z' + 1)
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** One byte, whatever it is; -1 at the end. */
  int read() throws IOException {
    return in.read();
  }

  /** The next block of the stream. */
  Block nextBlock() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = contentLine(); !line.isEmpty(); line = contentLine()) {
      lines.add(line);
    }
    return new Block(lines);
  }

  private String contentLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = chunk.read();
      if (b == -1) {
        nextChunk();
      } else if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      } else {
        line.write(b);
      }
    }
  }

  private void nextChunk() throws IOException {
    int length = Integer.parseInt(line(in), 16);
    chunk = new java.io.ByteArrayInputStream(in.readNBytes(length));
    line(in);
    if (length == 0) {
      throw new java.io.EOFException("the stream has ended");
    }
  }

  private String line(InputStream from) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = from.read(); b != '\n'; b = from.read()) {
      if (b == -1) {
        throw new java.io.EOFException("the connection was closed");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
