package benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * One keep-alive connection, a request at a time: as little work as can be, since it is done on the
 * cores of what is measured.
 */
final class HttpConnection implements AutoCloseable {

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;
  private byte[] body = new byte[64 * 1024];
  private int bodyLength;
  private String head = "";

  HttpConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /** Sends a request; returns the status of the answer. */
  int get(String path, String... headers) throws IOException {
    return send("GET", path, headers);
  }

  /** Sends a request; returns the status of the answer. */
  int delete(String path) throws IOException {
    return send("DELETE", path);
  }

  private int send(String method, String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(method).append(' ').append(path);
    request.append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    return readAnswer();
  }

  /** Sends a request with a body; returns the status of the answer. */
  int post(String path, String type, byte[] content, int from, int to) throws IOException {
    return send("POST", path, type, content, from, to);
  }

  /** Sends a request with JSON; returns the status of the answer. */
  int put(String path, String json) throws IOException {
    return send("PUT", path, json);
  }

  /** Sends a request with JSON; returns the status of the answer. */
  int post(String path, String json) throws IOException {
    return send("POST", path, json);
  }

  private int send(String method, String path, String json) throws IOException {
    byte[] content = json.getBytes(ISO_8859_1);
    return send(method, path, "application/json", content, 0, content.length);
  }

  private int send(String method, String path, String type, byte[] content, int from, int to)
      throws IOException {
    String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type;
    byte[] start =
        (request + "\r\nContent-Length: " + (to - from) + "\r\n\r\n").getBytes(ISO_8859_1);
    if (to - from < buffer.length / 2) {
      System.arraycopy(start, 0, buffer, 0, start.length);
      System.arraycopy(content, from, buffer, start.length, to - from);
      out.write(buffer, 0, start.length + to - from);
    } else {
      out.write(start);
      out.write(content, from, to - from);
    }
    return readAnswer();
  }

  /** The last answer's body. */
  String body() {
    return new String(body, 0, bodyLength, ISO_8859_1);
  }

  /** Length of the last answer's body. */
  int bodyLength() {
    return bodyLength;
  }

  /** A header of the last answer; null if it has none of this name. */
  String header(String name) {
    for (String line : head.split("\r\n")) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return null;
  }

  private int readAnswer() throws IOException {
    position = 0;
    limit = 0;
    int end = readHead();
    head = new String(buffer, 0, end, ISO_8859_1);
    position = end;
    int status = Integer.parseInt(head.substring(9, 12));
    bodyLength = 0;
    if (status == 304 || status == 204) {
      return status;
    }
    String length = header("Content-Length");
    if (length != null) {
      readBody(Integer.parseInt(length));
    } else {
      readChunks();
    }
    return status;
  }

  private int readHead() throws IOException {
    for (int i = 0; ; i++) {
      while (i + 4 > limit) {
        fill();
      }
      if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r') {
        return i + 4;
      }
    }
  }

  private void readChunks() throws IOException {
    while (true) {
      int size = 0;
      for (int c = next(); c != '\n'; c = next()) {
        size = c == '\r' ? size : size * 16 + Character.digit(c, 16);
      }
      readBody(size);
      next();
      next();
      if (size == 0) {
        return;
      }
    }
  }

  private void readBody(int length) throws IOException {
    if (bodyLength + length > body.length) {
      body = Arrays.copyOf(body, Math.max(bodyLength + length, body.length * 2));
    }
    int buffered = Math.min(length, limit - position);
    System.arraycopy(buffer, position, body, bodyLength, buffered);
    position += buffered;
    int rest = length - buffered;
    if (in.readNBytes(body, bodyLength + buffered, rest) < rest) {
      throw new EOFException();
    }
    bodyLength += length;
  }

  private int next() throws IOException {
    while (position == limit) {
      position = 0;
      limit = 0;
      fill();
    }
    return buffer[position++];
  }

  private void fill() throws IOException {
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      throw new EOFException("the connection was closed");
    }
    limit += read;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
