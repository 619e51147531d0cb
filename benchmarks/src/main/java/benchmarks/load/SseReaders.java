package benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Readers of a stream of server-sent events, all on one thread. Each event's id is the time at
 * which it was sent, by which its way is timed.
 */
final class SseReaders implements AutoCloseable {

  private static final byte[] ID = "\"id\":\"".getBytes(US_ASCII);
  private static final int ID_DIGITS = 16;
  private static final int MOST_TIMES = 4_000_000;

  private final Selector selector = Selector.open();
  private final Thread thread = new Thread(this::readAll, "readers");
  private final double[] millis = new double[MOST_TIMES];
  private int timed;
  private volatile long delivered;
  private volatile IOException failed;
  private volatile boolean closed;

  /** How far a reader is in an id. */
  private static final class Progress {
    int matched;
    int digits;
    long value;
  }

  SseReaders(int port, String path, int count) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            .getBytes(US_ASCII);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.write(ByteBuffer.wrap(request));
      if (i == 0) {
        requireStream(channel);
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Progress());
    }
    thread.start();
  }

  private static void requireStream(SocketChannel channel) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(4096);
    channel.read(answer);
    String head = new String(answer.array(), 0, answer.position(), US_ASCII);
    if (!head.startsWith("HTTP/1.1 200")) {
      throw new IOException("no stream: " + head);
    }
  }

  /** How many events reached a reader. */
  long delivered() {
    return delivered;
  }

  /** Forgets the times so far. */
  synchronized void reset() {
    timed = 0;
  }

  /** How long events took since the last reset, in milliseconds. */
  synchronized Samples times() {
    return Samples.of(Arrays.copyOf(millis, timed));
  }

  /** Throws what ended a reader early. */
  void check() throws IOException {
    if (failed != null) {
      throw failed;
    }
  }

  private void readAll() {
    ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    try {
      while (!closed) {
        selector.select(
            key -> {
              try {
                read((SocketChannel) key.channel(), (Progress) key.attachment(), buffer);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    } catch (UncheckedIOException e) {
      failed = e.getCause();
    } catch (IOException e) {
      failed = e;
    }
  }

  private void read(SocketChannel channel, Progress progress, ByteBuffer buffer)
      throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("a stream ended");
    }
    long now = System.nanoTime();
    byte[] bytes = buffer.array();
    synchronized (this) {
      for (int i = 0; i < buffer.position(); i++) {
        step(progress, bytes[i], now);
      }
    }
  }

  private void step(Progress progress, byte b, long now) {
    if (progress.matched < ID.length) {
      boolean next = b == ID[progress.matched];
      progress.matched = next ? progress.matched + 1 : b == '"' ? 1 : 0;
      return;
    }
    progress.value = progress.value * 10 + b - '0';
    if (++progress.digits == ID_DIGITS) {
      delivered = delivered + 1;
      if (timed < MOST_TIMES) {
        millis[timed++] = (now - progress.value) / 1e6;
      }
      progress.matched = 0;
      progress.digits = 0;
      progress.value = 0;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
