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

  /** A client that is at work doesn't leave its connection silent for that long. */
  private static final long YOUNG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONG_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What speaks for a connection; what is worth least comes first. */
  private enum Worth {
    NEVER_SERVED,
    LONG_IDLE,
    HELD_UP,
    IDLE
  }

  private record Candidate(
      SocketWrapperBase<?> socket,
      @Nullable Connection connection,
      boolean greedy,
      Worth worth,
      long ageNanos) {

    static final Comparator<Candidate> LEAST_FIRST =
        Comparator.comparing(Candidate::greedy)
            .reversed()
            .thenComparing(Candidate::worth)
            .thenComparing(Comparator.comparingLong(Candidate::ageNanos).reversed());

    boolean isYoung() {
      return ageNanos < YOUNG_NANOS;
    }

    boolean close() {
      if (connection == null) {
        socket.close();
        return true;
      }
      if (worth == Worth.HELD_UP) {
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
   * and before them those that never had an answer; then those whose clients hold up their
   * requests. A client at work is not harmed.
   *
   * @return whether there was one
   */
  boolean makeRoom(Collection<SocketWrapperBase<NioChannel>> open, int most) {
    List<Candidate> candidates = candidates(open, most / GREEDY_PART);
    candidates.sort(Candidate.LEAST_FIRST);
    int wanted = 1 + most / PART_CLOSED;
    int closed = 0;
    for (Candidate candidate : candidates) {
      // One that was just accepted has yet to show what it is worth: others don't go before it.
      if (closed == wanted || candidate.isYoung()) {
        break;
      }
      if (candidate.close()) {
        closed++;
      }
    }
    return closed > 0;
  }

  private List<Candidate> candidates(Collection<SocketWrapperBase<NioChannel>> open, int fairPart) {
    Map<String, Integer> countByClient = new HashMap<>();
    open.forEach(socket -> countByClient.merge(socket.getRemoteAddr(), 1, Integer::sum));
    long now = System.nanoTime();
    List<Candidate> candidates = new ArrayList<>();
    for (SocketWrapperBase<NioChannel> socket : open) {
      Connection connection = known.get(socket);
      long age = connection == null ? silentNanos(socket) : connection.ageNanos(now);
      Worth worth = worth(connection, age, now);
      if (worth != null) {
        boolean greedy = countByClient.getOrDefault(socket.getRemoteAddr(), 0) > fairPart;
        candidates.add(new Candidate(socket, connection, greedy, worth, age));
      }
    }
    return candidates;
  }

  /** Null for one that may not be closed. */
  private static @Nullable Worth worth(@Nullable Connection connection, long age, long now) {
    if (connection == null) {
      return Worth.NEVER_SERVED;
    }
    if (connection.isAtWork()) {
      return connection.isHeldUp(now) ? Worth.HELD_UP : null;
    }
    if (!connection.hasServed()) {
      return Worth.NEVER_SERVED;
    }
    if (age > LONG_IDLE_NANOS) {
      return Worth.LONG_IDLE;
    }
    return age > YOUNG_NANOS ? Worth.IDLE : null;
  }

  /** Of one on which nothing was received yet. */
  private static long silentNanos(SocketWrapperBase<NioChannel> socket) {
    return socket instanceof NioSocketWrapper accepted
        ? TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - accepted.getLastRead())
        : 0;
  }
}
