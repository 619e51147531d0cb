package dev.logaggregator.worker;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/**
 * Starts {@link Worker}s, and knows how they fare. Their number is bounded by who starts them;
 * their names are few and written in the code, so that a figure can be kept for each.
 */
@Component
public final class Workers implements AutoCloseable {

  /** Waits for a time; ends early when the latch opens. */
  @FunctionalInterface
  interface Pause {
    boolean await(CountDownLatch end, long nanos) throws InterruptedException;
  }

  private final LongSupplier nanoTime;
  private final Pause pause;
  private final Set<Worker> running = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> restarts = new ConcurrentHashMap<>();
  private final List<Consumer<String>> observers = new CopyOnWriteArrayList<>();

  /** Workers of a log of its own, or of the whole service. */
  public Workers() {
    this(System::nanoTime, (end, nanos) -> end.await(nanos, NANOSECONDS));
  }

  Workers(LongSupplier nanoTime, Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Starts one.
   *
   * @param name what it is, the same for all of its kind
   * @param thread makes its thread, whose name tells it from others of its kind
   * @param loop what it does; called again whenever it throws, never by two threads at a time
   */
  public Worker start(String name, Thread.Builder thread, Worker.Loop loop) {
    Worker worker = new Worker(name, loop, thread, nanoTime, pause, countOf(name), running::remove);
    running.add(worker);
    worker.thread().start();
    return worker;
  }

  private AtomicLong countOf(String name) {
    synchronized (observers) {
      AtomicLong known = restarts.get(name);
      if (known != null) {
        return known;
      }
      AtomicLong count = new AtomicLong();
      restarts.put(name, count);
      observers.forEach(observer -> observer.accept(name));
      return count;
    }
  }

  /** Those that haven't ended, by the names of their threads. */
  public List<Worker> all() {
    List<Worker> all = new ArrayList<>(running);
    all.sort(Comparator.comparing(worker -> worker.thread().getName()));
    return all;
  }

  /** How often workers of that name were started again, those that have ended since included. */
  public long restarts(String name) {
    AtomicLong count = restarts.get(name);
    return count == null ? 0 : count.get();
  }

  /** Is told once of each name that workers have or will have. */
  public void observeNames(Consumer<String> observer) {
    synchronized (observers) {
      observers.add(observer);
      restarts.keySet().forEach(observer);
    }
  }

  /** Ends all: none is started again. */
  @Override
  public void close() {
    running.forEach(Worker::end);
  }
}
