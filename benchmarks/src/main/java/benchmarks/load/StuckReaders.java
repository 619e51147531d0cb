package benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Streams that are opened and then not read, or a byte a second. */
final class StuckReaders implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 4_096;
  private static final long SECOND_MILLIS = 1_000;

  private final List<SocketChannel> channels = new ArrayList<>();
  private final Thread thread = new Thread(this::readByBytes, "byte a second");
  private final int neverReading;
  private volatile boolean closed;

  /**
   * @param neverReading how many of them are never read
   */
  StuckReaders(int port, String path, int count, int neverReading) throws IOException {
    this.neverReading = neverReading;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            .getBytes(US_ASCII);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.connect(address);
      channel.write(ByteBuffer.wrap(request));
      channels.add(channel);
    }
    thread.start();
  }

  private void readByBytes() {
    ByteBuffer one = ByteBuffer.allocate(1);
    try {
      while (!closed) {
        for (SocketChannel channel : channels.subList(neverReading, channels.size())) {
          one.clear();
          channel.configureBlocking(false);
          if (channel.read(one) < 0) {
            throw new IOException("a stream ended");
          }
        }
        Thread.sleep(SECOND_MILLIS);
      }
    } catch (IOException e) {
      System.out.println("  a byte a second: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    thread.interrupt();
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
