package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.logaggregator.RunningAggregator;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page answers, however much there is in the log and however fast it grows. */
@Tag("long")
class ResponsivenessIT {

  private static final int RETAINED = 120_000;
  private static final int ROWS = 100_000;
  private static final int EVENTS_A_SECOND = 1_000;
  private static final double LONGEST_TASK_MILLIS = 100;

  private static RunningAggregator aggregator;

  @BeforeAll
  static void publishMany() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    new ShopEvents(1).publish(aggregator, RETAINED, Instant.now(), Duration.ofMinutes(50));
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @Test
  void followsAThousandEventsASecond() {
    follow(Duration.ofSeconds(12));
  }

  @Test
  void followsAThousandEventsASecondForLong() {
    follow(Duration.ofMinutes(10));
  }

  private static void follow(Duration time) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "live");
        Publisher publisher = new Publisher()) {
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      // More rows than the page keeps, so that from here on it has to let one go for each.
      new ShopEvents(2).publish(aggregator, ROWS + 10_000, Instant.now(), Duration.ofSeconds(1));
      assertThat(dashboard.find(".live .panel header"))
          .containsText(
              Pattern.compile("(9\\d|100),\\d00 rows"),
              new ContainsTextOptions().setTimeout(60_000));
      dashboard.page().waitForTimeout(1_500);
      long before = MainThread.heapBytes(dashboard.page());

      publisher.start();
      dashboard.page().waitForTimeout(time.minusSeconds(8).toMillis());
      MainThread.Tasks tasks =
          MainThread.during(dashboard.page(), () -> dashboard.page().waitForTimeout(8_000));
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      publisher.close();

      dashboard.page().waitForTimeout(1_500);
      long after = MainThread.heapBytes(dashboard.page());
      System.out.printf(
          "Live for %s: %,d events; longest task %.1f ms, busy %.0f %%; heap %.1f -> %.1f MB%n",
          time,
          publisher.published.get(),
          tasks.longestMillis(),
          tasks.totalMillis() / 80,
          before / 1e6,
          after / 1e6);
      assertThat(tasks.count()).isGreaterThan(100);
      assertThat(tasks.longestMillis()).isLessThan(LONGEST_TASK_MILLIS);
      assertThat(after).isLessThan(before + before / 5);
    }
  }

  /** Publishes a thousand events each second, in ten requests. */
  private static final class Publisher implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ShopEvents events = new ShopEvents(3);
    private final AtomicLong published = new AtomicLong();

    void start() {
      executor.scheduleAtFixedRate(this::publish, 0, 100, TimeUnit.MILLISECONDS);
    }

    private void publish() {
      Instant now = Instant.now();
      String lines =
          IntStream.range(0, EVENTS_A_SECOND / 10)
              .mapToObj(i -> events.event(now, i))
              .collect(Collectors.joining("\n"));
      aggregator.post("/publish", "application/x-ndjson", lines);
      published.addAndGet(EVENTS_A_SECOND / 10);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }

  @Test
  void scrollsThroughAHundredThousandRows() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=all")) {
      assertThat(dashboard.row(0)).isVisible();
      MainThread.Tasks loading = MainThread.during(dashboard.page(), () -> loadAll(dashboard));
      MainThread.Tasks scrolling = MainThread.during(dashboard.page(), () -> scroll(dashboard));
      System.out.printf(
          "100,000 rows: longest task %.1f ms while loading, %.1f ms while scrolling; heap %.1f"
              + " MB%n",
          loading.longestMillis(),
          scrolling.longestMillis(),
          MainThread.heapBytes(dashboard.page()) / 1e6);
      assertThat(dashboard.rows().count()).isLessThan(80);
      assertThat(loading.longestMillis()).isLessThan(LONGEST_TASK_MILLIS);
      assertThat(scrolling.longestMillis()).isLessThan(LONGEST_TASK_MILLIS);
    }
  }

  private static void loadAll(DashboardPage dashboard) {
    for (int i = 0; i < 300 && !isLoaded(dashboard); i++) {
      dashboard.page().evaluate("document.querySelector('.list').scrollTop = 1e9");
      dashboard.page().waitForTimeout(50);
    }
    assertThat(isLoaded(dashboard)).isTrue();
  }

  private static boolean isLoaded(DashboardPage dashboard) {
    String rows = dashboard.find(".list").getAttribute("aria-rowcount");
    return Integer.parseInt(rows) >= ROWS;
  }

  private static void scroll(DashboardPage dashboard) {
    for (int i = 0; i < 60; i++) {
      dashboard
          .page()
          .evaluate("i => document.querySelector('.list').scrollTop = i * 43_000 % 2.6e6", i);
      dashboard.page().waitForTimeout(16);
    }
    dashboard.find(".list").hover();
    for (int i = 0; i < 60; i++) {
      dashboard.page().mouse().wheel(0, 700);
    }
  }

  @Test
  void paintsWithinASecond() {
    double best =
        Stream.generate(ResponsivenessIT::firstPaintMillis)
            .limit(3)
            .mapToDouble(millis -> millis)
            .min()
            .orElseThrow();
    System.out.printf("First contentful paint: %.0f ms%n", best);
    assertThat(best).isLessThan(1_000);
  }

  private static double firstPaintMillis() {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "overview")) {
      assertThat(dashboard.figure("Retained"))
          .not()
          .hasText("–", new HasTextOptions().setTimeout(30_000));
      return ((Number)
              dashboard
                  .page()
                  .evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
          .doubleValue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "explore", "live", "topics"})
  void nothingMovesWhileAViewLoads(String view) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, view)) {
      dashboard.page().waitForTimeout(2_500);
      Object shift =
          dashboard
              .page()
              .evaluate(
                  """
                  () => new Promise((resolve) => {
                    let sum = 0;
                    new PerformanceObserver((list) =>
                      list.getEntries().forEach(({ value }) => { sum += value; })
                    ).observe({ type: 'layout-shift', buffered: true });
                    setTimeout(() => resolve(sum), 100);
                  })
                  """);
      assertThat(((Number) shift).doubleValue()).as("cumulative layout shift").isLessThan(0.02);
    }
  }
}
