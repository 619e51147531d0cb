package dev.logaggregator.store;

import dev.logaggregator.worker.Worker;
import dev.logaggregator.worker.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The threads that evaluate conditions, one for each core, and their fair division among readers.
 * No condition is evaluated anywhere else: what takes long would hold a virtual thread's carrier,
 * and with it everybody whose turn on that carrier comes next.
 *
 * <p>Each reader has a {@link Lane}. Whose lane has had least of the scanners' time so far is
 * served next, for a slice of {@value #SLICE_MILLIS} ms; a newcomer begins with as much as the one
 * that is served now has had. So a page of one event waits for a slice at most, however many scans
 * of the whole log go on, and those share what is left (stride scheduling; Waldspurger and Weihl,
 * 1995). Lanes are as many as reads are under way, and tasks of a lane as many as there are cores.
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
  private final PriorityQueue<Lane> ready = new PriorityQueue<>(Lane.LEAST_SERVED_FIRST);

  /** What the lane that was served last had had before. */
  private long servedNanos;

  private long lanes;
  private boolean closed;

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

  /** A lane for one reader. */
  Lane open() {
    return new Lane();
  }

  /** What one reader has the scanners do. */
  final class Lane implements AutoCloseable {

    private static final Comparator<Lane> LEAST_SERVED_FIRST =
        Comparator.comparingLong((Lane lane) -> lane.servedNanos)
            .thenComparingLong(lane -> lane.number);

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final Condition idle = lock.newCondition();
    private long servedNanos;
    private long number;
    private int running;
    private boolean ended;

    /** Has a task done, as soon as it is the lane's turn. */
    void submit(Task task) {
      lock.lock();
      try {
        if (closed || ended) {
          throw new StoreUnavailableException("the log is closed", null);
        }
        start();
        if (tasks.isEmpty() && running == 0) {
          number = lanes++;
          servedNanos = Math.max(servedNanos, Scanners.this.servedNanos);
        }
        ready.remove(this);
        tasks.add(task);
        ready.add(this);
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
        ended = true;
        ready.remove(this);
        tasks.clear();
        while (running > 0) {
          idle.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }

    private Task begin() {
      Task task = tasks.remove();
      running++;
      if (!tasks.isEmpty()) {
        ready.add(this);
      }
      return task;
    }

    private void end(Task task, boolean done, long nanos) {
      ready.remove(this);
      servedNanos += nanos;
      running--;
      if (!done && !ended) {
        tasks.add(task);
      }
      if (!tasks.isEmpty()) {
        ready.add(this);
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

  /** Gives a slice to whose turn it is; false when the log is closed. */
  private boolean serveNext() {
    Lane lane;
    Task task;
    lock.lock();
    try {
      while (ready.isEmpty() && !closed) {
        available.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      lane = ready.remove();
      servedNanos = Math.max(servedNanos, lane.servedNanos);
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
  private static boolean run(Task task, long began) {
    try {
      return task.run(new Slice(began + SLICE_NANOS));
    } catch (Throwable failure) {
      task.failed(failure);
      return true;
    }
  }

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
