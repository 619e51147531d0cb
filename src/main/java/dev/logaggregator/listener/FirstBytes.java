package dev.logaggregator.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * What a request is, as far as can be told by how it begins, before anything is made ready for it.
 */
final class FirstBytes {

  /** What goes on whatever else goes on; publishing much gives way in its course. */
  private static final List<String> URGENT =
      List.of("POST /publish", "PUT /publish", "GET /actuator/health");

  private static final int LONGEST = 24;

  private FirstBytes() {}

  /**
   * Whether a request has come that publishes, or asks for health. Reads what has come without
   * waiting, and puts it back; to be called while no thread is at the connection.
   */
  static boolean areUrgent(SocketWrapperBase<?> socket) {
    if (!(socket.getSocket() instanceof WatchedChannel)) {
      return false; // encrypted
    }
    ByteBuffer first = ByteBuffer.allocate(LONGEST);
    try {
      socket.read(false, first);
    } catch (IOException broken) {
      return false; // which whoever reads it finds, too
    }
    first.flip();
    String begins = US_ASCII.decode(first.duplicate()).toString();
    if (first.hasRemaining()) {
      socket.unRead(first);
    }
    return URGENT.stream().anyMatch(begins::startsWith);
  }
}
