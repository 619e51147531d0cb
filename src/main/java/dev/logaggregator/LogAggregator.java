package dev.logaggregator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The service's entry point.
@SpringBootApplication
public class LogAggregator {

  static void main(String[] args) {
    SpringApplication.run(LogAggregator.class, args);
  }
}
