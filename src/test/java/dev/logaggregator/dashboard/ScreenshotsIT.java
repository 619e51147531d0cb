package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pictures of each view, light, dark and narrow, for people to look at: in {@code
 * target/screenshots}, or where the system property {@code screenshots} says. Those in the
 * documentation come from {@code -Dscreenshots=docs/images}.
 */
@Tag("long")
class ScreenshotsIT {

  private static final Path FOLDER =
      Path.of(System.getProperty("screenshots", "target/screenshots"));

  private static final Map<String, Look> LOOKS =
      Map.of(
          "light", new Look(1280, 800, ColorScheme.LIGHT),
          "dark", new Look(1280, 800, ColorScheme.DARK),
          "narrow", new Look(390, 800, ColorScheme.LIGHT));

  private static RunningAggregator aggregator;

  /** An hour of a shop, with payments that can't be reached for a while, and a few mishaps. */
  @BeforeAll
  static void publishAnHour() {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    Instant now = Instant.now();
    new ShopEvents(1)
        .publish(aggregator, 9_000, now.minus(Duration.ofMinutes(10)), Duration.ofMinutes(48));
    new ShopEvents(2).publish(aggregator, 12_000, now, Duration.ofMinutes(10));
    for (int minutes : new int[] {40, 26, 25, 24, 5}) {
      aggregator.post("/publish", "application/x-ndjson", outage(now, minutes));
    }
    String again = "{\"topic\":\"orders.paid\",\"id\":\"e-1\",\"payload\":{\"order\":7}}\n";
    aggregator.post("/publish", "application/x-ndjson", again.repeat(18));
    aggregator.post("/publish", "application/x-ndjson", again + "{\"topic\":\"orders.paid\",}\n");
  }

  private static String outage(Instant now, int minutesAgo) {
    Instant start = now.minus(Duration.ofMinutes(minutesAgo));
    return IntStream.range(0, 140)
        .mapToObj(
            i ->
                """
                {"topic":"payments.charge","level":"error","source":"checkout-1","timestamp":"%s",\
                "payload":{"message":"connection refused","upstream":"payments-%d:8443",\
                "attempt":%d,"order":{"id":%d,"amount":%d.50,"currency":"EUR"},"retryable":true}}\
                """
                    .formatted(start.plusMillis(300L * i), i % 3, i % 5, 1_000_000 + i, 20 + i))
        .collect(Collectors.joining("\n"));
  }

  @AfterAll
  static void stop() {
    if (aggregator != null) {
      aggregator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "narrow"})
  void overview(String look) {
    shoot(
        "overview",
        look,
        "overview",
        page -> {
          ShopEvents events = new ShopEvents(4);
          for (int i = 0; i < 70; i++) {
            events.publish(aggregator, 4 + i % 3, Instant.now(), Duration.ofMillis(100));
            page.page().waitForTimeout(100);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "narrow"})
  void explore(String look) {
    shoot(
        "explore",
        look,
        "explore?q=level%3A%20error%20and%20topic%3A%20payments.*&since=1h",
        page -> {
          page.row(1).click();
          page.find(".detail .inside").waitFor();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "narrow"})
  void live(String look) {
    shoot(
        "live",
        look,
        "live",
        page -> {
          assertThat(page.find(".stream-state")).hasText("Following");
          ShopEvents events = new ShopEvents(5);
          for (int i = 0; i < 30; i++) {
            aggregator.post(
                "/publish", "application/x-ndjson", events.event(Instant.now(), i) + "\n");
            page.page().waitForTimeout(60);
          }
          if (look.equals("dark")) {
            page.find(".list").hover();
            page.page().mouse().wheel(0, -300);
            new ShopEvents(6).publish(aggregator, 128, Instant.now(), Duration.ofSeconds(1));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "narrow"})
  void topics(String look) {
    shoot("topics", look, "topics", page -> page.find("tbody tr").first().waitFor());
  }

  private static void shoot(
      String name, String look, String state, Consumer<DashboardPage> prepare) {
    try (DashboardPage page = DashboardPage.open(aggregator, state, LOOKS.get(look))) {
      prepare.accept(page);
      page.page().mouse().move(0, 0);
      // Notices go, charts and rates are asked for once more.
      page.page().waitForTimeout(name.equals("overview") ? 300 : 2_500);
      page.page()
          .screenshot(
              new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + "-" + look + ".png")));
    }
  }
}
