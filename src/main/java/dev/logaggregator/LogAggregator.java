package dev.logaggregator;

import dev.logaggregator.worker.CarrierTurns;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// The service's entry point.
@SpringBootApplication
public class LogAggregator {

  /** The JDK's setting of how many carriers virtual threads have. */
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  static void main(String[] args) {
    if (System.getProperty(CARRIERS) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(
          CARRIERS, Integer.toString(CarrierTurns.CARRIERS_PER_PROCESSOR * processors));
    }
    SpringApplication.run(LogAggregator.class, args);
  }

  /// The clock of every room, so that a test can set it: for what is kept, and for how long.
  @Bean
  InstantSource clock() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  /// The time of day as the machine has it, jumps included: for what others compare with theirs.
  @Bean(defaultCandidate = false)
  InstantSource wallClock() {
    return InstantSource.system();
  }

  /// Goes on evenly from an origin of its own, whatever happens to the time of day: for deadlines.
  @Bean(defaultCandidate = false)
  InstantSource stopwatch() {
    long start = System.nanoTime();
    return () -> Instant.EPOCH.plusNanos(System.nanoTime() - start);
  }
}
