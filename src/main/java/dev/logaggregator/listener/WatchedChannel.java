package dev.logaggregator.listener;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * Notes since when a write has been waiting for its client to take the rest, and who is to send.
 */
final class WatchedChannel extends NioChannel {

  private static final long NOT_WAITING = Long.MIN_VALUE;

  private volatile long waitingSinceNanos = NOT_WAITING;

  private volatile boolean drained;

  WatchedChannel(SocketBufferHandler buffers) {
    super(buffers);
  }

  @Override
  public void reset(SocketChannel channel, NioSocketWrapper socket) throws IOException {
    waitingSinceNanos = NOT_WAITING;
    drained = false;
    super.reset(channel, socket);
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    int read = super.read(bytes);
    if (drained != (read == 0)) {
      drained = read == 0;
    }
    return read;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int written = super.write(bytes);
    if (!bytes.hasRemaining()) {
      if (waitingSinceNanos != NOT_WAITING) {
        waitingSinceNanos = NOT_WAITING;
      }
    } else if (waitingSinceNanos == NOT_WAITING) {
      waitingSinceNanos = System.nanoTime();
    }
    return written;
  }

  /** Whether all was read that its client has sent, and more was asked for. */
  boolean isDrained() {
    return drained;
  }

  /** Whether a write has been waiting for longer than that. */
  boolean isWaiting(long now, long longerThanNanos) {
    long since = waitingSinceNanos;
    return since != NOT_WAITING && now - since > longerThanNanos;
  }
}
