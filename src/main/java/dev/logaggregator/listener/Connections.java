package dev.logaggregator.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections of one port. Closes those that are late, and, when there are as
 * many as there may be, those that are worth least.
 */
final class Connections {

  /** A client that has more than this part of all is the first to give some back. */
  private static final int GREEDY_PART = 4;

  /** Of so many one is closed at a time: looking at all of them has a cost. */
  private static final int PART_CLOSED = 64;

  private final ConcurrentMap<SocketWrapperBase<?>, Connection> known = new ConcurrentHashMap<>();
  private volatile long headerTimeoutNanos = Long.MAX_VALUE;
  private volatile long writeTimeoutNanos = Long.MAX_VALUE;

  /** A connection that may be closed, and what speaks for it. */
  private record Candidate(
      SocketWrapperBase<?> socket,
      @Nullable Connection connection,
      boolean greedy,
      boolean heldUp,
      boolean served,
      long ageNanos) {

    /** What is worth least comes first. */
    static final Comparator<Candidate> WORTH =
        Comparator.comparing(Candidate::greedy)
            .reversed()
            .thenComparing(Candidate::heldUp)
            .thenComparing(Candidate::served)
            .thenComparing(Comparator.comparingLong(Candidate::ageNanos).reversed());

    boolean close() {
      if (connection == null) {
        socket.close();
        return true;
      }
      if (heldUp) {
        connection.cutOff();
        return true;
      }
      return connection.closeIfWaiting();
    }
  }

  void setTimeouts(Duration headers, Duration writes) {
    headerTimeoutNanos = headers.toNanos();
    writeTimeoutNanos = writes.toNanos();
  }

  Connection of(SocketWrapperBase<?> socket) {
    Connection connection = known.get(socket);
    return connection != null
        ? connection
        : known.computeIfAbsent(socket, absent -> new Connection(absent, writeTimeoutNanos));
  }

  void forget(SocketWrapperBase<?> socket) {
    known.remove(socket);
  }

  /** Those of whose headers, or of whose taking of an answer, the time is over. */
  void closeLate(Collection<SocketWrapperBase<NioChannel>> open) {
    long now = System.nanoTime();
    for (SocketWrapperBase<NioChannel> socket : open) {
      Connection connection = known.get(socket);
      if (connection != null) {
        if (connection.isLateWithReading(now)) {
          connection.cutOff();
        } else if (connection.isLateWithHeaders(now, headerTimeoutNanos)) {
          connection.closeIfWaiting();
        }
      }
    }
    known.keySet().removeIf(SocketWrapperBase::isClosed);
  }

  /**
   * Closes some of those that wait for a request or for the rest of its headers, the longest first,
   * and those before that never had an answer; then those whose clients hold up their requests. A
   * request that makes progress is not harmed.
   *
   * @return whether there was one
   */
  boolean makeRoom(Collection<SocketWrapperBase<NioChannel>> open, int most) {
    List<Candidate> candidates = candidates(open, most / GREEDY_PART);
    candidates.sort(Candidate.WORTH);
    int wanted = 1 + most / PART_CLOSED;
    int closed = 0;
    for (Candidate candidate : candidates) {
      if (closed < wanted && candidate.close()) {
        closed++;
      }
    }
    return closed > 0;
  }

  private List<Candidate> candidates(
      Collection<SocketWrapperBase<NioChannel>> open, int fairPart) {
    Map<String, Integer> countByClient = new HashMap<>();
    open.forEach(socket -> countByClient.merge(socket.getRemoteAddr(), 1, Integer::sum));
    long now = System.nanoTime();
    List<Candidate> candidates = new ArrayList<>();
    for (SocketWrapperBase<NioChannel> socket : open) {
      boolean greedy = countByClient.getOrDefault(socket.getRemoteAddr(), 0) > fairPart;
      Connection connection = known.get(socket);
      if (connection == null) {
        candidates.add(new Candidate(socket, null, greedy, false, false, silentNanos(socket)));
      } else if (!connection.isAtWork() || connection.isHeldUp(now)) {
        candidates.add(
            new Candidate(
                socket,
                connection,
                greedy,
                connection.isAtWork(),
                connection.hasServed(),
                connection.ageNanos(now)));
      }
    }
    return candidates;
  }

  /** Of one on which nothing was received yet. */
  private static long silentNanos(SocketWrapperBase<NioChannel> socket) {
    return socket instanceof NioSocketWrapper accepted
        ? TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - accepted.getLastRead())
        : 0;
  }
}
