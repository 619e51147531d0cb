package dev.logaggregator.listener;

import dev.logaggregator.worker.CarrierTurns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which something was received. Changed by the thread of its request, looked at by
 * others.
 */
public final class Connection {

  /** Tomcat hands on what is written in parts of this size at most. */
  public static final int WRITE_BYTES = 8 * 1024;

  /** What a body must bring a second on average, once it has had {@link #BODY_START_NANOS}. */
  private static final long LEAST_BODY_BYTES_A_SECOND = 1_024;

  private static final long BODY_START_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Of a client that reads, no write is under way for that long. */
  static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Of a request and its answer, read and written in less than a millisecond. */
  private static final long MODEST_BYTES = 16 * 1024;

  private final SocketWrapperBase<?> socket;

  /** Its own: when Tomcat has closed it, it gives what belongs to it to another connection. */
  private final @Nullable SocketChannel channel;

  private final LongSupplier nanoTime;
  private final String client;

  private volatile long writeTimeoutNanos;

  /** How many requests it has had answered. */
  private volatile int answers;

  /** Whether something has come at which no thread is yet. */
  private volatile boolean arrived;

  private volatile int arrivals;

  /** When what has come last came. */
  private volatile long arrivedNanos;

  /** For how long what is being read now has been waiting for a thread. */
  private volatile long waitedNanos;

  private volatile boolean inHeaders;
  private volatile boolean cutOff;

  /** What its latest request took to read and to write; negative if there was none. */
  private volatile long latestBytes = -1;

  /** Since when it has been waiting for the rest of the headers, or for the next request. */
  private volatile long sinceNanos;

  /** Those that Tomcat has at it; null between requests. */
  private volatile @Nullable Request request;

  private volatile @Nullable Thread thread;

  /** Of the thread that is at work; whether it has come to a request already. */
  private boolean answering;

  private volatile boolean asking;

  Connection(SocketWrapperBase<?> socket, long writeTimeoutNanos, LongSupplier nanoTime) {
    this.socket = socket;
    this.nanoTime = nanoTime;
    this.sinceNanos = nanoTime.getAsLong();
    this.channel = socket.getSocket() instanceof NioChannel nio ? nio.getIOChannel() : null;
    this.client = ClientNetwork.of(socket.getRemoteAddr());
    this.writeTimeoutNanos = writeTimeoutNanos;
  }

  /** Whose it is: see {@link ClientNetwork}. */
  String client() {
    return client;
  }

  /**
   * That something has come, and waits for its turn here. Until that has come nothing is missing
   * from its client. To be called by one thread at a time.
   *
   * @return its number, for {@link #isRunning}
   */
  int arrived() {
    if (!inHeaders) {
      sinceNanos = nanoTime.getAsLong();
    }
    arrivedNanos = nanoTime.getAsLong();
    arrivals = arrivals + 1;
    arrived = true;
    return arrivals;
  }

  /** That the current thread has begun to read and answer requests. */
  void begin(Request next) {
    thread = Thread.currentThread();
    sinceNanos = inHeaders ? sinceNanos : nanoTime.getAsLong();
    request = next;
    waitedNanos = arrived ? nanoTime.getAsLong() - arrivedNanos : 0;
    arrived = false;
    answering = false;
  }

  /**
   * That the current thread has come to a request. Whoever sends many at once, without waiting for
   * the answers, has them answered one by one in turn with those of others.
   *
   * @param safe whether it only asks, so that ending it leaves nothing half done (RFC 9110, 9.2.1)
   */
  public void nextRequest(boolean safe) {
    if (answering) {
      CarrierTurns.giveWay();
    }
    answering = true;
    asking = safe;
  }

  /**
   * For how long the request has been waiting for its turn, in nanoseconds. One thread only, which
   * is at work.
   */
  public long waitedNanos() {
    return waitedNanos;
  }

  /** That it has done so as far as it could. */
  void end(Request last, SocketState state) {
    inHeaders = state == SocketState.LONG;
    long headersBegan = last.getStartTimeNanos();
    sinceNanos = inHeaders && headersBegan > 0 ? headersBegan : nanoTime.getAsLong();
    answers = state == SocketState.OPEN ? answers + 1 : answers;
    asking = false;
    request = null;
    thread = null;
  }

  /** How many requests it has had answered before. */
  int answers() {
    return answers;
  }

  /**
   * Whether a request is under way, its headers complete or just being looked at, or about to be.
   */
  boolean isAtWork() {
    return request != null || arrived;
  }

  /**
   * Whether a thread that doesn't wait for anything is at work on what has come, or is about to be.
   *
   * @param arrival which it is; it's over when something else has come after it
   */
  boolean isRunning(int arrival) {
    if (arrivals != arrival) {
      return false;
    }
    Thread worker = thread;
    return worker == null
        ? arrived && !socket.isClosed()
        : worker.getState() == Thread.State.RUNNABLE;
  }

  /**
   * Whether little is to be expected of what comes next, going by what came before; nothing is
   * known of the first request.
   */
  boolean isModest() {
    return latestBytes >= 0 && latestBytes <= MODEST_BYTES;
  }

  /** That the current thread is done with a request, which took so much to read and to write. */
  public void answered(long bytes) {
    latestBytes = bytes;
  }

  /** Whether a request is under way that only asks. */
  boolean isAsking() {
    return asking;
  }

  /** How long it has been waiting, or its request been under way. */
  long ageNanos(long now) {
    return now - sinceNanos;
  }

  boolean isLateWithHeaders(long now, long timeoutNanos) {
    return inHeaders && !isAtWork() && ageNanos(now) > timeoutNanos;
  }

  boolean isLateWithReading(long now) {
    return isWriting(now, writeTimeoutNanos);
  }

  private boolean isWriting(long now, long longerThanNanos) {
    return socket.getSocket() instanceof WatchedChannel channel
        && channel.isWaiting(now, longerThanNanos);
  }

  /** Whether its client holds up the request: takes nothing, or sends next to nothing. */
  boolean isHeldUp(long now) {
    Request current = request;
    return isWriting(now, STUCK_NANOS)
        || (current != null
            && isSending(current)
            && isDrained()
            && ageNanos(now) > BODY_START_NANOS
            && current.getBytesRead()
                < LEAST_BODY_BYTES_A_SECOND * TimeUnit.NANOSECONDS.toMillis(ageNanos(now)) / 1_000);
  }

  /** Else it isn't its client that is waited for, but its turn here. */
  private boolean isDrained() {
    return socket.getSocket() instanceof WatchedChannel watched && watched.isDrained();
  }

  private static boolean isSending(Request current) {
    long length = current.getContentLengthLong();
    return length > 0
        ? current.getBytesRead() < length
        : current.getMimeHeaders().getValue("Transfer-Encoding") != null;
  }

  /** Closes it if no request is under way. */
  boolean closeIfWaiting() {
    Lock lock = socket.getLock();
    if (isAtWork() || !lock.tryLock()) {
      return false;
    }
    try {
      socket.close();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends it, whatever is under way: reading and writing fail from now on. The thread of a request
   * then closes it by itself. Were it closed under that thread's hands, Tomcat would lend the
   * buffers that the thread is writing to, to the next connection.
   */
  public void cutOff() {
    cutOff = true;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Thread blocked = thread;
    if (blocked != null) {
      // What waits to write isn't told by Tomcat.
      blocked.interrupt();
    }
    closeIfWaiting();
  }

  /** Whether it was ended, so that nobody is there any more for whom to work or to wait. */
  public boolean isCutOff() {
    return cutOff;
  }

  /**
   * Lets the client leave each {@link #WRITE_BYTES} unread for that long, instead of for the usual
   * time.
   *
   * @return how long it was before, in nanoseconds
   */
  public long allowStall(long nanos) {
    long before = writeTimeoutNanos;
    writeTimeoutNanos = nanos;
    // Tomcat's own ends a write of which nothing has gone out for that long.
    socket.setWriteTimeout(TimeUnit.NANOSECONDS.toMillis(nanos));
    return before;
  }
}
