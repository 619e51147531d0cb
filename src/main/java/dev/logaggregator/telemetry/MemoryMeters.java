package dev.logaggregator.telemetry;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What the account of memory says, by use. */
@Component
final class MemoryMeters implements MeterBinder {

  private final MemoryAccount account;

  MemoryMeters(MemoryAccount account) {
    this.account = account;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Use use : Use.values()) {
      Gauge.builder("aggregator.memory.held.bytes", account, books -> books.usedBytes(use))
          .description("Memory that is held for clients")
          .tag("use", use.label())
          .register(registry);
      Gauge.builder("aggregator.memory.limit.bytes", account, books -> books.capacityBytes(use))
          .description("Memory that may be held for clients")
          .tag("use", use.label())
          .register(registry);
    }
  }
}
