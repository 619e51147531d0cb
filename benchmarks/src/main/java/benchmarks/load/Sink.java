package benchmarks.load;

import benchmarks.events.SampleEvents.Batch;
import java.io.IOException;

/** Takes batches of events to one of those that are compared. One thread only. */
interface Sink extends AutoCloseable {

  /** Sends a batch; may return before it is acknowledged, but bounds what is under way. */
  void send(Batch batch) throws IOException, InterruptedException;

  /** How many events were acknowledged so far. May be asked by any thread. */
  long acknowledged();

  @Override
  void close();

  /** Opens one for each thread of the load. */
  @FunctionalInterface
  interface Opener {
    Sink open() throws IOException, InterruptedException;
  }
}
