package dev.logaggregator.search;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.store.EventStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Begins searches. */
@Component
@EnableConfigurationProperties(SearchSettings.class)
public final class Searches {

  /** For what may last as long as its client likes. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final EventStore store;
  private final MemoryAccount memory;
  private final SearchSettings settings;

  Searches(EventStore store, MemoryAccount memory, SearchSettings settings) {
    this.store = store;
    this.memory = memory;
    this.settings = settings;
  }

  /** For a page, which is bounded in time. */
  public EventSearch page(SearchRequest request) {
    return new EventSearch(store, request, deadline());
  }

  /** For a download, which goes on for as long as its client takes it. */
  public EventSearch download(SearchRequest request) {
    return new EventSearch(store, request, new Deadline(FOR_EVER, System::nanoTime));
  }

  /**
   * For counting.
   *
   * @param client for whom memory is claimed
   * @param cancelled asked now and then; true ends it
   */
  public Counting counting(String client, BooleanSupplier cancelled) {
    return new Counting(store, memory, deadline(), client, cancelled);
  }

  private Deadline deadline() {
    return new Deadline(settings.timeout(), System::nanoTime);
  }
}
