package dev.logaggregator;

import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// The service's entry point.
@SpringBootApplication
public class LogAggregator {

  static void main(String[] args) {
    SpringApplication.run(LogAggregator.class, args);
  }

  /// The clock of every room, so that a test can set it.
  @Bean
  InstantSource clock() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }
}
