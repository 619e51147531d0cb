package benchmarks.service;

import dev.logaggregator.LogAggregator;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The service as it ships, and beside it the handler that it is compared with. */
public final class AggregatorWithEmptyHandler {

  private AggregatorWithEmptyHandler() {}

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(LogAggregator.class, EmptyHandler.class).run(arguments);
  }
}
