package dev.logaggregator.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logaggregator.RunningAggregator;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request that is sent piece by piece over a bare socket. */
final class RawUpload implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /**
   * What came back.
   *
   * @param headers by lower-case name
   */
  record Answer(int status, Map<String, String> headers, String body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  private RawUpload(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Sends the head of a request.
   *
   * @param headers besides Host
   */
  static RawUpload open(RunningAggregator server, String requestLine, String... headers)
      throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    RawUpload upload = new RawUpload(socket);
    StringBuilder head = new StringBuilder(requestLine + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    upload.send(head.append("\r\n").toString().getBytes(ISO_8859_1));
    return upload;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(String text) throws IOException {
    send(text.getBytes(US_ASCII));
  }

  /** Sends a chunk of a body with {@code Transfer-Encoding: chunked}. */
  void chunk(byte[] bytes) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII));
    chunk.writeBytes(bytes);
    chunk.writeBytes("\r\n".getBytes(US_ASCII));
    send(chunk.toByteArray());
  }

  void chunk(String text) throws IOException {
    chunk(text.getBytes(US_ASCII));
  }

  /** Ends such a body. */
  void end() throws IOException {
    send("0\r\n\r\n");
  }

  /** Sends nothing more, but goes on to read. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Waits for the answer. */
  Answer answer() throws IOException {
    String status = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Answer(
        Integer.parseInt(status.split(" ", -1)[1]),
        headers,
        new String(body, java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Whether the server closes the connection. */
  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection after: " + line);
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
