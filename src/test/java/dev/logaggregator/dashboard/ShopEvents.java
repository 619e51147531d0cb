package dev.logaggregator.dashboard;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the services of a shop log: topics, sources and levels as unevenly spread as they are in
 * life. The same seed gives the same events.
 */
final class ShopEvents {

  private record Service(String name, int weight, List<String> topics) {}

  private static final List<Service> SERVICES =
      List.of(
          new Service("gateway", 12, List.of("http.access")),
          new Service("checkout", 5, List.of("orders.created", "orders.paid")),
          new Service("auth", 4, List.of("auth.login", "auth.token")),
          new Service("search", 4, List.of("search.query", "search.index")),
          new Service("billing", 3, List.of("billing.invoice", "billing.charge")),
          new Service("inventory", 3, List.of("inventory.stock")),
          new Service("shipping", 2, List.of("shipping.label")));

  private static final List<String> PATHS =
      List.of("/api/orders", "/api/cart", "/api/search?q=shoes", "/healthz", "/api/login");
  private static final List<String> CUSTOMERS =
      List.of("budi", "siti", "agus", "dewi", "eko", "maria", "jonas", "aiko");
  private static final List<String> REGIONS = List.of("eu-1", "us-2", "ap-3");

  private final Random random;

  ShopEvents(long seed) {
    random = new Random(seed);
  }

  /** Publishes that many events, oldest first, spread over the time before that moment. */
  void publish(RunningAggregator aggregator, int count, Instant end, Duration over) {
    for (int from = 0; from < count; from += 5_000) {
      String lines =
          IntStream.range(from, Math.min(count, from + 5_000))
              .mapToObj(i -> event(end.minus(age(1 - (double) i / count, over)), i))
              .collect(Collectors.joining("\n"));
      publish(aggregator, lines);
    }
  }

  /** Publishes lines, however long that takes: a machine may be made to wait. */
  static void publish(RunningAggregator aggregator, String lines) {
    aggregator.send(
        HttpRequest.newBuilder(aggregator.uri("/publish"))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines))
            .build());
  }

  /** Now more, now less happens: three waves, each small enough that time never goes back. */
  private static Duration age(double share, Duration over) {
    double wave = 0;
    for (int times : new int[] {2, 5, 13}) {
      wave += Math.sin(2 * Math.PI * times * share) / (2 * Math.PI * times) / 3.5;
    }
    return Duration.ofNanos((long) (over.toNanos() * Math.clamp(share + wave, 0, 1)));
  }

  /** One event, as an envelope on a line. */
  String event(Instant timestamp, int number) {
    Service service = service();
    String topic = pick(service.topics);
    boolean access = topic.equals("http.access");
    int status = pick(List.of(200, 200, 200, 200, 200, 200, 201, 304, 404, 200, 200, 500));
    String level = access ? (status >= 500 ? "ERROR" : status == 404 ? "WARN" : "INFO") : level();
    return """
    {"topic":"%s","source":"%s-%d","level":"%s","timestamp":"%s",\
    "attributes":{"traceId":"%016x%016x","env":"staging"},"payload":%s}\
    """
        .formatted(
            topic,
            service.name,
            1 + random.nextInt(3),
            level,
            timestamp,
            random.nextLong(),
            random.nextLong(),
            access ? access(status) : business(level, number));
  }

  private Service service() {
    int at = random.nextInt(SERVICES.stream().mapToInt(Service::weight).sum());
    for (Service service : SERVICES) {
      at -= service.weight;
      if (at < 0) {
        return service;
      }
    }
    throw new AssertionError();
  }

  private String level() {
    double x = random.nextDouble();
    return x < .70 ? "INFO" : x < .90 ? "DEBUG" : x < .96 ? "WARN" : x < .998 ? "ERROR" : "FATAL";
  }

  private String access(int status) {
    return """
    {"method":"%s","path":"%s","status":%d,"durationMs":%.1f,"client":"10.0.%d.%d","bytes":%d}\
    """
        .formatted(
            pick(List.of("GET", "GET", "GET", "POST")),
            pick(PATHS),
            status,
            Math.exp(3 + random.nextGaussian()),
            random.nextInt(10),
            random.nextInt(250),
            120 + random.nextInt(90_000));
  }

  private String business(String level, int number) {
    String exception =
        level.equals("ERROR") || level.equals("FATAL")
            ? """
            ,"exception":{"class":"%s","stack":["at dev.shop.Payments.charge(Payments.java:%d)",\
            "at dev.shop.Checkout.pay(Checkout.java:88)"]}\
            """
                .formatted(
                    pick(List.of("java.net.ConnectException", "dev.shop.PaymentDeclined")),
                    20 + random.nextInt(300))
            : "";
    return """
    {"message":"%s","order":%d,"amount":%.2f,"user":{"id":%d,"name":"%s"},"region":"%s"%s}\
    """
        .formatted(
            pick(messages(level)),
            1_000_000 + number,
            5 + 495 * random.nextDouble(),
            random.nextInt(10_000),
            pick(CUSTOMERS),
            pick(REGIONS),
            exception);
  }

  private static List<String> messages(String level) {
    return switch (level) {
      case "FATAL" -> List.of("out of connections: pool exhausted");
      case "ERROR" ->
          List.of(
              "connection refused by payments:8443",
              "timeout after 3000 ms calling inventory",
              "card declined: insufficient funds");
      case "WARN" ->
          List.of("slow query took 1832 ms", "retry 2 of 5", "cache miss rate above 40%");
      case "DEBUG" -> List.of("cache hit", "acquired lock", "resolved tenant acme");
      default ->
          List.of(
              "order accepted",
              "invoice sent",
              "stock reserved",
              "user signed in",
              "label printed");
    };
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
