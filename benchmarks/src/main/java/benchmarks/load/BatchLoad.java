package benchmarks.load;

import benchmarks.events.SampleEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.stream.DoubleStream;

/**
 * Sends batches over several sinks at once, each from a thread of its own, each event once. Goes on
 * with later numbers when it is run again.
 */
final class BatchLoad implements AutoCloseable {

  private final SampleEvents events;
  private final List<Sink> sinks = new ArrayList<>();
  private final long[] sent;
  private final ExecutorService threads;

  /**
   * @param connections a divisor of {@link SampleEvents#BATCHES}, so that no two threads share one
   */
  BatchLoad(SampleEvents events, int connections, Sink.Opener opener)
      throws IOException, InterruptedException {
    if (SampleEvents.BATCHES % connections != 0) {
      throw new IllegalArgumentException("connections must divide " + SampleEvents.BATCHES);
    }
    this.events = events;
    this.sent = new long[connections];
    this.threads = Executors.newFixedThreadPool(connections);
    for (int i = 0; i < connections; i++) {
      sinks.add(opener.open());
    }
  }

  /** Sends for so long; returns how many events were acknowledged in a second. */
  double runFor(double seconds) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long before = acknowledged();
    sendWhile(batch -> System.nanoTime() < end);
    return (acknowledged() - before) / ((System.nanoTime() - start) / 1e9);
  }

  /**
   * Sends for so long at a steady rate, as far as it is kept up with.
   *
   * @return how long each batch took, in milliseconds, from when it was due
   */
  Samples runFor(double seconds, double eventsPerSecond) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    double nanosABatch = 1e9 * SampleEvents.BATCH_EVENTS / eventsPerSecond;
    AtomicLong due = new AtomicLong();
    DoubleStream.Builder millis = DoubleStream.builder();
    sendWhile(
        batch -> System.nanoTime() < end,
        sending -> {
          long dueAt = start + (long) (nanosABatch * due.getAndIncrement());
          LockSupport.parkNanos(dueAt - System.nanoTime());
          sending.run();
          double took = (System.nanoTime() - dueAt) / 1e6;
          synchronized (millis) {
            millis.add(took);
          }
        });
    return Samples.of(millis.build().toArray());
  }

  /** Sends the batches up to that number (exclusive); returns events in a second. */
  double runUpTo(long batches) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long before = acknowledged();
    sendWhile(batch -> batch < batches);
    return (acknowledged() - before) / ((System.nanoTime() - start) / 1e9);
  }

  /** How many events were acknowledged, of all. */
  long acknowledged() {
    return sinks.stream().mapToLong(Sink::acknowledged).sum();
  }

  private void sendWhile(LongPredicate more) throws IOException, InterruptedException {
    sendWhile(more, Bench.Step::run);
  }

  /** Decides when a batch is sent. */
  @FunctionalInterface
  private interface Pace {
    void at(Bench.Step sending) throws IOException, InterruptedException;
  }

  private void sendWhile(LongPredicate more, Pace pace) throws IOException, InterruptedException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < sinks.size(); i++) {
      int index = i;
      tasks.add(
          () -> {
            long batch = sent[index] * sinks.size() + index;
            while (more.test(batch)) {
              long number = batch;
              pace.at(() -> sinks.get(index).send(events.batch(number)));
              sent[index]++;
              batch += sinks.size();
            }
            return null;
          });
    }
    for (Future<Void> task : threads.invokeAll(tasks)) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    sinks.forEach(Sink::close);
  }
}
