package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.DashboardPage.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static HttpServer endpoint;
  private static Instant caughtUp;

  /** An hour of a shop, with payments that can't be reached for a while, and a few mishaps. */
  @BeforeAll
  static void publishAnHour() throws IOException {
    Chromium.assumeInstalled();
    aggregator = RunningAggregator.start();
    Instant now = Instant.now();
    new ShopEvents(1)
        .publish(aggregator, 9_000, now.minus(Duration.ofMinutes(10)), Duration.ofMinutes(48));
    new ShopEvents(2).publish(aggregator, 12_000, now, Duration.ofMinutes(10));
    caughtUp = now;
    for (int minutes : new int[] {40, 26, 25, 24, 5}) {
      aggregator.post("/publish", "application/x-ndjson", outage(now, minutes));
    }
    String again = "{\"topic\":\"orders.paid\",\"id\":\"e-1\",\"payload\":{\"order\":7}}\n";
    aggregator.post("/publish", "application/x-ndjson", again.repeat(18));
    aggregator.post("/publish", "application/x-ndjson", again + "{\"topic\":\"orders.paid\",}\n");
    subscribe();
  }

  /** One that is pushed to, and answers now and then only; two that are pulled from. */
  private static void subscribe() throws IOException {
    AtomicInteger pushes = new AtomicInteger();
    endpoint = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    endpoint.createContext(
        "/hooks/invoices",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(pushes.incrementAndGet() % 23 == 3 ? 503 : 204, -1);
          exchange.close();
        });
    endpoint.start();
    subscribe(
        "invoices",
        """
        {"topics":["billing.invoice"],"q":"level >= warn","start":"earliest","maxDeliveries":1,
         "push":{"url":"http://localhost:%d/hooks/invoices"}}
        """
            .formatted(endpoint.getAddress().getPort()));
    subscribe("audit", "{\"topics\":[\"auth.**\"],\"start\":\"earliest\"}");
    subscribe("on-call", "{\"q\":\"level >= error\",\"start\":\"earliest\"}");
    for (String name : new String[] {"audit", "on-call"}) {
      String path = "/subscriptions/" + name;
      String acks =
          RunningAggregator.json(aggregator.post(path + "/pull?max=700", "application/json", ""))
              .findValuesAsString("ackId")
              .stream()
              .limit(640)
              .collect(Collectors.joining("\",\"", "{\"ackIds\":[\"", "\"]}"));
      aggregator.post(path + "/ack", "application/json", acks);
    }
  }

  private static void subscribe(String name, String settings) {
    aggregator.put("/subscriptions/" + name, "application/json", settings);
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
    if (endpoint != null) {
      endpoint.stop(0);
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
  void fields(String look) {
    shoot(
        "fields",
        look,
        look.equals("dark")
            ? "explore?since=1h&q=topic%3A%20http.access&fn=p95&of=durationMs&by=path"
            : "explore?since=1h&q=topic%3A%20http.access&by=status",
        page -> {
          if (look.equals("narrow")) {
            page.button("Fields").click();
          }
          for (String field : new String[] {"level", "status"}) {
            page.find(".facet-name[title^='" + field + ":']").click();
            page.find(".facet-name[title^='" + field + ":'] ~ * .facet-value").first().waitFor();
          }
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

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "narrow"})
  void subscriptions(String look) {
    shoot(
        "subscriptions",
        look,
        "subscriptions?name=invoices",
        page -> page.find("section[aria-label='Attempts'] tbody tr").first().waitFor());
  }

  /** The shop has been open since the last picture. */
  private static void catchUp() {
    Instant now = Instant.now();
    Duration since = Duration.between(caughtUp, now);
    new ShopEvents(7).publish(aggregator, (int) since.toSeconds() * 20, now, since);
    caughtUp = now;
  }

  private static void shoot(
      String name, String look, String state, Consumer<DashboardPage> prepare) {
    catchUp();
    Look size = LOOKS.get(look);
    // The overview is longer, and looked at as a whole.
    Look whole = name.equals("overview") ? new Look(size.width(), 1_040, size.scheme()) : size;
    try (DashboardPage page = DashboardPage.open(aggregator, state, whole)) {
      prepare.accept(page);
      page.page().mouse().move(0, 0);
      // Notices go, charts and rates are asked for once more.
      page.page().waitForTimeout(name.matches("overview|live") ? 300 : 2_500);
      Picture.write(page.page().screenshot(), FOLDER.resolve(name + "-" + look + ".png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
