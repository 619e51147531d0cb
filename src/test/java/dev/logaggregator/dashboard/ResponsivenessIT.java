package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.logaggregator.RunningAggregator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/**
 * The page answers, however much there is in the log and however fast it grows: with ten million
 * events retained, of which the system property {@code retained} makes fewer for a quick try, as
 * {@code minutes} makes the long one shorter.
 */
@Tag("long")
class ResponsivenessIT {

  private static final int RETAINED = Integer.getInteger("retained", 10_000_000);
  private static final int MINUTES = Integer.getInteger("minutes", 10);
  private static final int ROWS = 100_000;
  private static final int EVENTS_A_SECOND = 1_000;
  private static final double LONGEST_TASK_MILLIS = 100;
  private static final Duration TRACED = Duration.ofSeconds(10);

  /** Columns are written when nobody publishes. */
  private static final Duration ALL_IN_COLUMNS = Duration.ofMinutes(5);

  private static final String NONE_PACKED = "aggregator_segments{form=\"packed\"} 0.0";

  private static RunningAggregator aggregator;

  @BeforeAll
  static void publishMany() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    new ShopEvents(1).publish(aggregator, RETAINED, Instant.now(), Duration.ofMinutes(50));
    assertThat(aggregator.getJson("/stats").at("/events/retained").asInt()).isEqualTo(RETAINED);
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  /** What one minute of following was like. */
  private record Minute(MainThread.Tasks tasks, long heapBytes) {
    @Override
    public String toString() {
      return "longest task %.1f ms, busy %.0f %%, heap %.1f MB"
          .formatted(
              tasks.longestMillis(),
              tasks.totalMillis() / TRACED.toMillis() * 100,
              heapBytes / 1e6);
    }
  }

  @Test
  void followsAThousandEventsASecondForLong() {
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
      System.out.printf("Live, %,d retained: heap %.1f MB%n", RETAINED, before / 1e6);

      publisher.start();
      List<Minute> minutes = new ArrayList<>();
      for (int i = 1; i <= MINUTES; i++) {
        Minute minute = aMinute(dashboard.page());
        minutes.add(minute);
        System.out.printf(
            "Live, minute %d: %s; %,d published%n", i, minute, publisher.published.get());
      }
      assertThat(dashboard.find(".stream-state")).hasText("Following");
      assertThat(publisher.published.get()).isGreaterThan(MINUTES * 60L * EVENTS_A_SECOND * 9 / 10);

      assertThat(minutes)
          .allSatisfy(minute -> assertThat(minute.tasks.count()).isGreaterThan(100))
          .allSatisfy(
              minute -> assertThat(minute.tasks.longestMillis()).isLessThan(LONGEST_TASK_MILLIS))
          .allSatisfy(minute -> assertThat(minute.heapBytes).isLessThan(before + before / 5));
    }
  }

  private static Minute aMinute(Page page) {
    page.waitForTimeout(Duration.ofMinutes(1).minus(TRACED).toMillis());
    MainThread.Tasks tasks = MainThread.during(page, () -> page.waitForTimeout(TRACED.toMillis()));
    return new Minute(tasks, MainThread.heapBytes(page));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"overview", "explore?since=1h", "explore?q=timeout&since=all", "topics", "live"})
  void answersWhileAViewLoadsAndAThousandEventsASecondComeIn(String view) {
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "subscriptions");
        Publisher publisher = new Publisher()) {
      dashboard.awaitContent();
      publisher.start();
      MainThread.Tasks tasks =
          MainThread.during(
              dashboard.page(),
              () -> {
                dashboard.page().navigate(aggregator.uri("/") + "#/" + view);
                dashboard.page().waitForTimeout(TRACED.toMillis());
              });
      dashboard.awaitContent();
      System.out.printf(
          "%s, %,d retained: longest task %.1f ms, busy %.0f %%%n",
          view, RETAINED, tasks.longestMillis(), tasks.totalMillis() / TRACED.toMillis() * 100);
      assertThat(tasks.count()).isGreaterThan(100);
      assertThat(tasks.longestMillis()).isLessThan(LONGEST_TASK_MILLIS);
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
      ShopEvents.publish(aggregator, lines);
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

  /**
   * Searches, and tells when the fields were asked for, answered and shown; milliseconds from then.
   */
  private static final String FIELDS_OF_A_SEARCH =
      """
      async (query) => {
        const fields = document.querySelector('.fields');
        document.querySelector('input.query').value = query;
        const start = performance.now();
        document.querySelector('.query-box').requestSubmit();
        while (fields.hasAttribute('aria-busy')) {
          await new Promise(requestAnimationFrame);
        }
        const shown = performance.now() - start;
        const { startTime, responseEnd } = performance.getEntriesByType('resource')
          .filter(({ name }) => name.includes('/stats/fields')).at(-1);
        return [startTime - start, responseEnd - start, shown];
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"", "level: error", "timeout", "status: 500"})
  void showsTheFieldsAsSoonAsTheyAreCounted(String query) {
    await()
        .atMost(ALL_IN_COLUMNS)
        .until(() -> aggregator.get("/actuator/prometheus").body().contains(NONE_PACKED));
    try (DashboardPage dashboard = DashboardPage.open(aggregator, "explore?since=1h")) {
      assertThat(dashboard.find(".facet").first()).isVisible();
      double[] millis =
          ((List<?>) dashboard.page().evaluate(FIELDS_OF_A_SEARCH, query))
              .stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
      System.out.printf(
          "Fields for \"%s\", %,d retained: asked after %.0f ms, answered after %.0f, shown after"
              + " %.0f%n",
          query, RETAINED, millis[0], millis[1], millis[2]);
      assertThat(millis[0]).isLessThan(LONGEST_TASK_MILLIS);
      assertThat(millis[2] - millis[1]).isLessThan(LONGEST_TASK_MILLIS);
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
