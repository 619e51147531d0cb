package dev.logaggregator.listener;

import dev.logaggregator.worker.CarrierTurns;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's endpoint, which makes room instead of waiting for it when there is none. */
final class HttpEndpoint extends NioEndpoint {

  /** How long to wait for one of the connections to end before looking at them again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Connections watched = new Connections(System::nanoTime);
  private volatile @Nullable CarrierTurns turns;

  /** Who comes sooner after the one before has been waiting to be accepted, as one of a crowd. */
  private static final long CROWD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Since when they have been coming without pause; of the thread that accepts, as the next. */
  private long crowdedSinceNanos = System.nanoTime();

  private long acceptedNanos = crowdedSinceNanos;

  /** The one that accepts, while there is no room. */
  private volatile @Nullable Thread waiting;

  Connections watched() {
    return watched;
  }

  /** All that are open, without a copy. */
  Collection<SocketWrapperBase<NioChannel>> open() {
    return connections.values();
  }

  void setTurns(CarrierTurns given) {
    turns = given;
  }

  CarrierTurns turns() {
    return Objects.requireNonNull(turns, "set before it is started");
  }

  /**
   * Has a request begin: at once where little is to be expected of it, or where it must not wait
   * for anything else; otherwise when it is its client's turn, since the threads of all that have
   * come would be in the way of those.
   */
  @Override
  public boolean processSocket(
      SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
    if (event != SocketEvent.OPEN_READ || !dispatch) {
      return super.processSocket(socket, event, dispatch);
    }
    Connection connection = watched.of(socket);
    int arrival = connection.arrived();
    if (connection.isModest() || connection.answers() == 0 && FirstBytes.areUrgent(socket)) {
      return super.processSocket(socket, event, true);
    }
    turns()
        .begin(
            connection,
            connection.client(),
            () -> startOrClose(socket),
            () -> connection.isRunning(arrival));
    return true;
  }

  private void startOrClose(SocketWrapperBase<NioChannel> socket) {
    if (!super.processSocket(socket, SocketEvent.OPEN_READ, true)) {
      socket.close();
    }
  }

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffers) {
    return new WatchedChannel(buffers);
  }

  @Override
  protected void countUpOrAwaitConnection() throws InterruptedException {
    long now = System.nanoTime();
    if (now - acceptedNanos > CROWD_NANOS) {
      crowdedSinceNanos = now;
    }
    if (isFull()) {
      waiting = Thread.currentThread();
      while (isRunning() && !isPaused() && isFull()) {
        watched.makeRoom(open(), getMaxConnections(), System.nanoTime() - crowdedSinceNanos);
        if (isFull()) {
          LockSupport.parkNanos(this, PAUSE_NANOS);
        }
      }
      waiting = null;
    }
    super.countUpOrAwaitConnection();
    acceptedNanos = System.nanoTime();
  }

  private boolean isFull() {
    return getConnectionCount() >= getMaxConnections();
  }

  @Override
  protected long countDownConnection() {
    long count = super.countDownConnection();
    LockSupport.unpark(waiting);
    return count;
  }
}
