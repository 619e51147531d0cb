package dev.logaggregator.request;

import dev.logaggregator.listener.Connection;
import dev.logaggregator.listener.Listener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Whether the client of a request is still there, for work that may take long before anything is
 * written to it: a dashboard that drops a search with every key pressed must not leave the searches
 * behind.
 *
 * <p>The servlet API tells only on writing. Tomcat tells, on a non-blocking read of a connection on
 * which nothing is expected, the end of the stream; what it reads instead, a pipelined request, it
 * keeps. A client that has shut down its sending half counts as gone, as it does for nginx and Go.
 * Where the question can't be asked (a request with a body, HTTP/2), the client is held to be
 * there.
 */
public final class ClientConnection {

  /** A probe is a system call, and those who ask do so after every few events. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final @Nullable Request request;
  private final boolean mayProbe;
  private final ReentrantLock probing = new ReentrantLock();
  private volatile long lastProbeNanos = System.nanoTime();
  private volatile boolean gone;
  private boolean seemedGone;

  private ClientConnection(@Nullable Request request, boolean mayProbe) {
    this.request = request;
    this.mayProbe = mayProbe;
  }

  /** The connection on which a request came. */
  public static ClientConnection of(HttpServletRequest request) {
    boolean mayProbe =
        request.getContentLengthLong() <= 0
            && request.getHeader("Transfer-Encoding") == null
            && request.getProtocol().startsWith("HTTP/1");
    return new ClientConnection(
        (Request) request.getAttribute(ClientConnectionValve.ATTRIBUTE), mayProbe);
  }

  private boolean isCutOff() {
    Connection connection = connection();
    return connection != null && connection.isCutOff();
  }

  /** Whether either side has closed the connection. May be asked often, and by several threads. */
  public boolean isGone() {
    gone = gone || isCutOff();
    Request asked = request;
    if (gone || !mayProbe || asked == null || System.nanoTime() - lastProbeNanos < PAUSE_NANOS) {
      return gone;
    }
    if (probing.tryLock()) {
      try {
        // 1 is the answer at the end of the stream, but also after one byte that was read ahead;
        // only at the end is it the same again.
        boolean seemsGone = available(asked) == 1;
        gone = seemsGone && seemedGone;
        seemedGone = seemsGone;
        lastProbeNanos = System.nanoTime();
      } finally {
        probing.unlock();
      }
    }
    return gone;
  }

  /**
   * As {@link #isGone}, but as things are at this moment: for who is about to do what only a client
   * that is there has any use for.
   */
  public boolean isGoneNow() {
    gone = gone || isCutOff();
    Request asked = request;
    if (gone || !mayProbe || asked == null) {
      return gone;
    }
    probing.lock();
    try {
      // As above; what was read ahead is not there a second time.
      int first = available(asked);
      int second = available(asked);
      gone = first == 1 && second == 1;
      lastProbeNanos = System.nanoTime();
      return gone;
    } finally {
      probing.unlock();
    }
  }

  /**
   * Closes the connection at once, so that the client of an answer that was begun and can't be
   * completed sees that it is incomplete.
   */
  public void cutOff() {
    if (request != null) {
      request.getResponse().getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
    }
  }

  /** The connection itself; null when it can't be told. */
  public @Nullable Connection connection() {
    return request == null ? null : Listener.connectionOf(request);
  }

  private static int available(Request request) {
    org.apache.coyote.Request coyote = request.getCoyoteRequest();
    coyote.action(ActionCode.AVAILABLE, Boolean.TRUE);
    return coyote.getAvailable();
  }
}
