package dev.logaggregator.listener;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which what is sent and read is up to the test. */
final class Client implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  Client(int port) throws IOException {
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends a GET and reads the whole of an answer that says how long it is. */
  int get(String path) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return readAnswer();
  }

  int readAnswer() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String[] field = header.toLowerCase(Locale.ROOT).split(": *", 2);
      length = field[0].equals("content-length") ? Integer.parseInt(field[1]) : length;
      chunked |= field[0].equals("transfer-encoding");
    }
    in.readNBytes(length);
    while (chunked) {
      length = Integer.parseInt(line(), 16);
      in.readNBytes(length);
      line();
      chunked = length > 0;
    }
    return status;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server has closed the connection");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  /** Whether the server has closed it; doesn't wait for that. What has arrived is read. */
  boolean isClosed() throws IOException {
    socket.setSoTimeout(1);
    try {
      while (in.read() >= 0) {
        // On to the end.
      }
      return true;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    } finally {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
