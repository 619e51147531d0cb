package benchmarks.load;

import java.io.IOException;

/** One of the things that are measured, with processes of its own. */
interface Part {

  void run(Bench bench) throws IOException, InterruptedException;
}
