package dev.logaggregator.listener;

import java.nio.channels.SocketChannel;
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

  /** Of so many one is closed at a time, so that who comes behind a crowd gets through it soon. */
  private static final int PART_CLOSED = 8;

  private final ConcurrentMap<SocketWrapperBase<?>, Connection> known = new ConcurrentHashMap<>();
  private volatile long headerTimeoutNanos = Long.MAX_VALUE;
  private volatile long writeTimeoutNanos = Long.MAX_VALUE;

  /** A client that is at work doesn't leave its connection silent for that long. */
  private static final long YOUNG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONG_IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** When others have come without pause for that long, all that hold up requests have gone. */
  private static final long ALL_SEEN_NANOS = 2 * Connection.STUCK_NANOS;

  /** What speaks for a connection; what is worth least comes first. */
  private enum Worth {
    NEVER_SERVED,
    LONG_IDLE,
    HELD_UP,
    ASKING,
    IDLE;

    /** Whether its client does nothing wrong but to be one of too many. */
    boolean isBlameless() {
      return this == ASKING || this == IDLE;
    }
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
            .thenComparing(Candidate::answers)
            .thenComparing(Comparator.comparingLong(Candidate::ageNanos).reversed());

    /** Who has asked for much already is worth more than who has just come. */
    int answers() {
      return connection == null ? 0 : connection.answers();
    }

    boolean close() {
      if (connection == null) {
        socket.close();
        return true;
      }
      if (worth == Worth.HELD_UP || worth == Worth.ASKING) {
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
        if (connection.isCutOff()) {
          connection.closeIfWaiting();
        } else if (connection.isLateWithReading(now)) {
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
   * requests. One that was just accepted has yet to show what it is worth. Where that makes no room
   * for those who come without pause, clients that have more than their part lose what they ask
   * for, and at last, one by one, those go who pause for a moment.
   *
   * @param crowdedNanos for how long they have been coming without pause
   */
  void makeRoom(
      Collection<SocketWrapperBase<NioChannel>> open, int mostConnections, long crowdedNanos) {
    List<Candidate> candidates = candidates(open, mostConnections / GREEDY_PART);
    candidates.sort(Candidate.LEAST_FIRST);
    int most = 1 + mostConnections / PART_CLOSED;
    int closed = leaving(open);
    for (Candidate candidate : candidates) {
      boolean mayGo = !candidate.worth.isBlameless() || crowdedNanos > ALL_SEEN_NANOS;
      if (mayGo && closed < (candidate.worth == Worth.IDLE ? 1 : most) && candidate.close()) {
        closed++;
      }
    }
  }

  /** How many have been cut off, so that their threads are about to close them. */
  private int leaving(Collection<SocketWrapperBase<NioChannel>> open) {
    int leaving = 0;
    for (SocketWrapperBase<NioChannel> socket : open) {
      Connection connection = known.get(socket);
      leaving += connection != null && connection.isCutOff() ? 1 : 0;
    }
    return leaving;
  }

  private List<Candidate> candidates(Collection<SocketWrapperBase<NioChannel>> open, int fairPart) {
    Map<String, Integer> countByClient = new HashMap<>();
    open.forEach(socket -> countByClient.merge(socket.getRemoteAddr(), 1, Integer::sum));
    long now = System.nanoTime();
    List<Candidate> candidates = new ArrayList<>();
    for (SocketWrapperBase<NioChannel> socket : open) {
      Connection connection = known.get(socket);
      long age = connection == null ? silentNanos(socket) : connection.ageNanos(now);
      Worth worth = worth(socket, connection, age, now);
      boolean greedy = countByClient.getOrDefault(socket.getRemoteAddr(), 0) > fairPart;
      if (worth != null && (worth != Worth.ASKING || greedy)) {
        candidates.add(new Candidate(socket, connection, greedy, worth, age));
      }
    }
    return candidates;
  }

  /** Null for one that may not be closed. */
  private static @Nullable Worth worth(
      SocketWrapperBase<NioChannel> socket, @Nullable Connection connection, long age, long now) {
    if (connection == null) {
      return age > YOUNG_NANOS && isAwaited(socket) ? Worth.NEVER_SERVED : null;
    }
    if (connection.isCutOff()) {
      return null;
    }
    if (connection.isAtWork()) {
      if (connection.isHeldUp(now)) {
        return Worth.HELD_UP;
      }
      return age > Connection.STUCK_NANOS && connection.isAsking() ? Worth.ASKING : null;
    }
    if (age < YOUNG_NANOS) {
      return null;
    }
    if (connection.answers() == 0) {
      return Worth.NEVER_SERVED;
    }
    return age > LONG_IDLE_NANOS ? Worth.LONG_IDLE : Worth.IDLE;
  }

  /** Whether Tomcat waits for something to come on it already: closed before, it is an error. */
  private static boolean isAwaited(SocketWrapperBase<NioChannel> socket) {
    SocketChannel channel = socket.getSocket().getIOChannel();
    return channel != null && channel.isRegistered();
  }

  /** Of one on which nothing was received yet. */
  private static long silentNanos(SocketWrapperBase<NioChannel> socket) {
    return socket instanceof NioSocketWrapper accepted
        ? TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - accepted.getLastRead())
        : 0;
  }
}
