package dev.logaggregator.store;

import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The threads that evaluate conditions, one for each core, and their fair division among readers.
 * No condition is evaluated anywhere else: what takes long would hold a virtual thread's carrier,
 * and with it everybody whose turn on that carrier comes next.
 *
 * <p>Each reader has a {@link Lane}, and the lanes of a client share what is the client's. A turn
 * is a slice of {@value #SLICE_MILLIS} ms, the client's whose lanes have had least, and within it
 * the lane's that has had least, see {@link Turns}. So a page of one event waits for a slice or
 * two, however many scans of the whole log go on; those share what is left; and a thousand requests
 * of one client take no more from another one than one does. Lanes are as many as reads are under
 * way, tasks of a lane as many as there are cores, and clients no more than lanes.
 */
final class Scanners implements AutoCloseable {

  private static final int SLICE_MILLIS = 2;

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS);

  /** Something to be done in turns, by one thread at a time. */
  interface Task {

    /**
     * Goes on until there is nothing more to do, or, nearly, until the slice is over.
     *
     * @return whether there is nothing more to do
     */
    boolean run(Slice slice);

    /** Is told what {@link #run} threw; it isn't run again. */
    void failed(Throwable failure);
  }

  private final Workers workers;
  private final LongSupplier nanoTime;
  private final int count;
  private final List<Worker> threads = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();
  private final Turns<Client> turns = new Turns<>();
  private final Map<String, Client> clients = new HashMap<>();
  private volatile boolean closed;

  Scanners(Workers workers) {
    this(workers, System::nanoTime, count());
  }

  Scanners(Workers workers, LongSupplier nanoTime, int count) {
    this.workers = workers;
    this.nanoTime = nanoTime;
    this.count = count;
  }

  /** How many tasks can run at the same time. */
  static int count() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * A lane for one reader.
   *
   * @param client whose reader it is
   */
  Lane open(String client) {
    lock.lock();
    try {
      Client owner = clients.computeIfAbsent(client, Client::new);
      owner.lanes++;
      return new Lane(owner);
    } finally {
      lock.unlock();
    }
  }

  /** Those lanes that share one part of the scanners' time. */
  private static final class Client extends Turns.Taker {

    private final String name;
    private final Turns<Lane> turns = new Turns<>();
    private int lanes;
    private int running;

    Client(String name) {
      this.name = name;
    }

    /** Whether it neither waits nor has its turn. */
    boolean isIdle() {
      return running == 0 && turns.isEmpty();
    }

    @Override
    boolean wantsTurn() {
      return !turns.isEmpty();
    }
  }

  /** What one reader has the scanners do. */
  final class Lane extends Turns.Taker implements AutoCloseable {

    private final Client client;
    private final Deque<Task> tasks = new ArrayDeque<>();
    private final Condition idle = lock.newCondition();
    private int running;
    private boolean ended;

    private Lane(Client client) {
      this.client = client;
    }

    /** Whether it neither waits nor has its turn. */
    boolean isIdle() {
      return running == 0 && tasks.isEmpty();
    }

    @Override
    boolean wantsTurn() {
      return !tasks.isEmpty();
    }

    /** Has a task done, as soon as it is the lane's turn. */
    void submit(Task task) {
      lock.lock();
      try {
        if (closed || ended) {
          throw closed();
        }
        start();
        if (client.isIdle()) {
          turns.welcome(client);
        }
        if (isIdle()) {
          client.turns.welcome(this);
        }
        tasks.add(task);
        client.turns.update(this);
        turns.update(client);
        available.signal();
      } finally {
        lock.unlock();
      }
    }

    /** Drops what waits, and waits for what runs, which takes no longer than a slice. */
    @Override
    public void close() {
      lock.lock();
      try {
        if (ended) {
          return;
        }
        ended = true;
        tasks.clear();
        client.turns.update(this);
        turns.update(client);
        while (running > 0) {
          idle.awaitUninterruptibly();
        }
        if (--client.lanes == 0) {
          clients.remove(client.name);
        }
      } finally {
        lock.unlock();
      }
    }

    private Task begin() {
      Task task = tasks.remove();
      running++;
      client.running++;
      client.turns.update(this);
      turns.update(client);
      return task;
    }

    private void end(Task task, boolean done, long nanos) {
      running--;
      client.running--;
      if (!done && !ended) {
        tasks.add(task);
      }
      client.turns.charge(this, nanos);
      turns.charge(client, nanos);
      if (!tasks.isEmpty()) {
        available.signal();
      }
      if (running == 0) {
        idle.signalAll();
      }
    }
  }

  /** With the first read: a log that nobody reads has no scanners. */
  private void start() {
    for (int i = threads.size(); i < count; i++) {
      threads.add(
          workers.start("scanner", Thread.ofPlatform().name("scanner-" + i).daemon(), this::serve));
    }
  }

  private void serve() {
    while (serveNext()) {
      // as long as the log is open
    }
  }

  /** Gives a slice to whose turn it is; false when the log is closed, and nobody waits any more. */
  private boolean serveNext() {
    Lane lane;
    Task task;
    lock.lock();
    try {
      while (turns.isEmpty() && !closed) {
        available.awaitUninterruptibly();
      }
      if (turns.isEmpty()) {
        return false;
      }
      lane = turns.next().turns.next();
      task = lane.begin();
    } finally {
      lock.unlock();
    }
    long began = nanoTime.getAsLong();
    boolean done = true;
    try {
      done = run(task, began);
    } finally {
      lock.lock();
      try {
        lane.end(task, done, nanoTime.getAsLong() - began);
      } finally {
        lock.unlock();
      }
    }
    return true;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, it belongs to whoever waits for the task
  private boolean run(Task task, long began) {
    try {
      if (closed) {
        throw closed();
      }
      return task.run(new Slice(began + SLICE_NANOS));
    } catch (Throwable failure) {
      task.failed(failure);
      return true;
    }
  }

  private static StoreUnavailableException closed() {
    return new StoreUnavailableException("the log is closed", null);
  }

  /** Whoever waits for a task is told that it won't be done. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      threads.forEach(Worker::end);
      available.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
