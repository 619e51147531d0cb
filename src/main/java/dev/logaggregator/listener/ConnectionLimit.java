package dev.logaggregator.listener;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How many connections there may be at a time. Whoever lets requests wait (streams, downloads,
 * polls) lets no more of them wait than a part of this, so that connections are left for the rest.
 */
@Component
public final class ConnectionLimit {

  /** What one takes while its request is under way: some 130 KB, half of it Tomcat's buffers. */
  static final int BYTES_EACH = 128 * 1024;

  /** The part of the heap that all together may take. */
  private static final int PART_OF_HEAP = 8;

  /** However large the heap: so many sockets are as much as a process should have. */
  private static final int MOST = 8_192;

  private static final int LEAST = 64;

  private final int connections;

  ConnectionLimit(@Value("${server.tomcat.max-connections:0}") int configured) {
    this.connections =
        configured > 0 ? configured : within(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** As many as fit into that memory. */
  static int within(long bytes) {
    return (int) Math.clamp(bytes / BYTES_EACH, LEAST, MOST);
  }

  /** How many there may be. */
  public int connections() {
    return connections;
  }
}
