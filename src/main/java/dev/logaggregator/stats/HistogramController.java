package dev.logaggregator.stats;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.filter.FilterParameters;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.ClientConnection;
import dev.logaggregator.request.JsonAnswer;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.stats.ValueCounts.ValueCount;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /stats/histogram}: matching events by time. */
@RestController
class HistogramController {

  private static final int FIRST_CAPACITY = 16 * 1024;

  private final EventStore store;
  private final InstantSource clock;
  private final Set<String> known = new HashSet<>(FilterParameters.NAMES);

  HistogramController(EventStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    known.addAll(Set.of("by", "interval"));
  }

  @GetMapping(path = "/stats/histogram", produces = MediaType.APPLICATION_JSON_VALUE)
  void histogram(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters parameters = QueryParameters.of(request, known);
    FilterParameters filter = FilterParameters.parse(parameters.asMap(), clock.instant());
    Series.By by = parameters.oneOf("by", Series.By.class);
    String interval = parameters.text("interval");
    BucketWidth width =
        interval == null ? null : BucketWidth.of(Durations.parse("interval", interval));
    List<BucketCounts> counts = counts(filter.compile(), by, width, ClientConnection.of(request));
    Histogram histogram = Histogram.of(counts, width, filter.since(), filter.until());
    JsonBuffer json = new JsonBuffer(FIRST_CAPACITY);
    histogram.write(json, by != null);
    JsonAnswer.send(response, json, CacheControl.noCache());
  }

  /** Where there are too many values for one pass, a first one finds the most frequent. */
  private List<BucketCounts> counts(
      EventFilter filter,
      Series.@Nullable By by,
      @Nullable BucketWidth width,
      ClientConnection client) {
    if (by == null) {
      return counts(filter, Series::undivided, width, client);
    }
    List<BucketCounts> counts = counts(filter, () -> Series.asTheyCome(by), width, client);
    if (!isCrowded(counts)) {
      return counts;
    }
    List<String> values = mostFrequent(filter, by, client);
    return counts(filter, () -> Series.of(by, values), width, client);
  }

  private static boolean isCrowded(List<BucketCounts> counts) {
    Set<String> values = new HashSet<>();
    for (BucketCounts part : counts) {
      if (part.series().isCrowded()) {
        return true;
      }
      values.addAll(part.series().names());
    }
    values.remove(Series.NONE);
    return values.size() > Series.MOST;
  }

  private List<BucketCounts> counts(
      EventFilter filter,
      Supplier<Series> series,
      @Nullable BucketWidth width,
      ClientConnection client) {
    AtomicBoolean useless = new AtomicBoolean();
    return store.collect(
        filter,
        () ->
            width == null
                ? BucketCounts.adaptive(series.get())
                : BucketCounts.fixed(series.get(), width),
        (counts, event) -> {
          counts.count(event);
          if (counts.isUseless()) {
            useless.set(true);
          }
        },
        () -> useless.get() || client.isGone());
  }

  private List<String> mostFrequent(EventFilter filter, Series.By by, ClientConnection client) {
    List<ValueCounts> parts =
        store.collect(
            filter,
            ValueCounts::new,
            (counts, event) -> {
              String value = by.value(event);
              if (value != null) {
                counts.add(value);
              }
            },
            client::isGone);
    return ValueCounts.sum(parts).mostFrequent(Series.MOST).stream()
        .map(ValueCount::value)
        .toList();
  }
}
