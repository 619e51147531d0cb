package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.webhook.CheckedResolver;
import dev.logaggregator.webhook.Receiver;
import dev.logaggregator.webhook.Receiver.Got;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Endpoints that do what endpoints shouldn't, beside one that does what it should. */
class MisbehavingEndpointsIT {

  private static final InetAddress METADATA = InetAddress.ofLiteral("169.254.169.254");

  private static RunningAggregator server;

  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Names that lead where names of attackers lead; the rest is the machine's resolver's. */
  @Configuration(proxyBeanMethods = false)
  static class Names {

    static final AtomicInteger REBINDING_LOOKUPS = new AtomicInteger();

    @Bean
    @Primary
    CheckedResolver.Names hostileNames() {
      return host ->
          switch (host) {
            case "metadata.example" -> new InetAddress[] {METADATA};
            case "both.example" -> new InetAddress[] {InetAddress.getLoopbackAddress(), METADATA};
            case "mapped.example" ->
                new InetAddress[] {InetAddress.ofLiteral("64:ff9b::a9fe:a9fe")};
            case "rebinding.example" ->
                new InetAddress[] {
                  REBINDING_LOOKUPS.getAndIncrement() == 0
                      ? InetAddress.getLoopbackAddress()
                      : METADATA
                };
            case "slow.example" -> never();
            case "unknown.example" -> throw new UnknownHostException(host);
            default -> InetAddress.getAllByName(host);
          };
    }

    private static InetAddress[] never() throws UnknownHostException {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new UnknownHostException("slow.example");
    }
  }

  @BeforeAll
  static void start() {
    server =
        RunningAggregator.startWith(
            new Class<?>[] {Names.class},
            "aggregator.push.max-concurrent=4",
            "aggregator.push.max-concurrent-per-subscription=4");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  private Receiver open(Receiver endpoint) {
    opened.add(endpoint);
    return endpoint;
  }

  private PushedTo subscribe(String name, String topic, String url, String settings) {
    PushedTo subscription = PushedTo.create(server, name, url, "");
    subscription.putTopic(
        topic, url, ",\"backoff\":{\"min\":\"50ms\",\"max\":\"100ms\"}" + settings);
    opened.add(subscription);
    return subscription;
  }

  private static void publish(String topic, int from, int to) {
    for (int i = from; i < to; i++) {
      server.post("/publish/" + topic + "?id=" + i, "application/json", "{\"n\":" + i + "}");
    }
  }

  private static String lastError(PushedTo subscription) {
    return subscription.attempts().stream()
        .findFirst()
        .map(attempt -> attempt.path("error").asString())
        .orElse("");
  }

  /** Each in its own way; the healthy one's latency is that which it has without them. */
  @Test
  void slowThemselvesAndNobodyElse() {
    Receiver healthy = open(Receiver.answering(200));
    subscribe("side.healthy", "side", healthy.url(), "");
    publish("side", 0, 50);
    await().until(() -> healthy.got().size() == 50);
    double before = medianMillis(healthy, 0);

    PushedTo failing = subscribe("side.failing", "side", open(Receiver.answering(500)).url(), "");
    List<PushedTo> hanging = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      hanging.add(subscribe("side.hanging" + i, "side", open(Receiver.hanging()).url(), ""));
    }
    PushedTo slowName = subscribe("side.slow-name", "side", "http://slow.example/", "");
    Receiver endless = open(Receiver.endless(500));
    PushedTo endlessly = subscribe("side.endless", "side", endless.url(), "");
    Receiver gone = open(Receiver.answering(410));
    PushedTo paused = subscribe("side.gone", "side", gone.url(), "");
    Receiver busy = open(Receiver.answering(429, "Retry-After", "60"));
    PushedTo waiting = subscribe("side.busy", "side", busy.url(), "");
    String metadata = "http://169.254.169.254/latest/meta-data/";
    Receiver redirect = open(Receiver.answering(302, "Location", metadata));
    PushedTo redirecting = subscribe("side.redirect", "side", redirect.url(), "");
    PushedTo leading = subscribe("side.metadata", "side", "http://metadata.example/", "");
    publish("side", 50, 150);
    await().until(() -> healthy.got().size() == 150);

    assertThat(healthy.eventIds()).doesNotHaveDuplicates();
    assertThat(medianMillis(healthy, 50))
        .as("milliseconds, with %s before", before)
        .isLessThan(before + 250);
    await().until(() -> lastError(failing).equals("answered 500") && failing.attempts().size() > 3);
    await().until(() -> lastError(hanging.getFirst()).equals("no answer within 1000 ms"));
    await().until(() -> lastError(slowName).equals("no answer within 1000 ms"));
    await().until(() -> lastError(endlessly).equals("answered 500"));
    await().until(() -> lastError(redirecting).contains("redirect, which is not followed"));
    await().until(() -> lastError(leading).contains("169.254.169.254 is link-local"));
    assertThat(endless.bytesSent())
        .as("what socket buffers hold, for each attempt")
        .isLessThan(endless.got().size() * 16L * 1024 * 1024);
    await().until(() -> paused.state().path("status").asString().equals("paused"));
    assertThat(gone.got().size()).isLessThanOrEqualTo(2);
    await().until(() -> lastError(waiting).equals("answered 429"));
    assertThat(busy.got()).as("until a minute is over").hasSize(1);
  }

  /** How long events took from being received to the endpoint's getting them. */
  private static double medianMillis(Receiver endpoint, int skipped) {
    long[] millis =
        endpoint.got().stream().skip(skipped).mapToLong(Got::millisOnItsWay).sorted().toArray();
    return millis[millis.length / 2];
  }

  @Test
  void anEndpointThatComesBackGetsWhatItMissed() {
    Receiver endpoint = open(Receiver.answering(500));
    PushedTo subscription = subscribe("back", "back", endpoint.url(), ",\"maxDeliveries\":1000");
    publish("back", 0, 100);
    await().until(() -> endpoint.got().size() > 5);
    endpoint.answer(200);

    await().until(() -> subscription.count("acked") == 100);
    assertThat(subscription.count("deadLettered")).isZero();
  }

  @Test
  void endlessBytesOfA2xxAreLeftUnread() {
    Receiver endpoint = open(Receiver.endless(200));
    PushedTo subscription = subscribe("endless", "endless", endpoint.url(), "");
    publish("endless", 0, 10);

    await().until(() -> subscription.count("acked") == 10);
    assertThat(endpoint.bytesSent()).isLessThan(10 * 16L * 1024 * 1024);
  }

  @Test
  void redirectsAreFailures() {
    Receiver target = open(Receiver.answering(200));
    Receiver inside = open(Receiver.answering(307, "Location", target.url()));
    Receiver metadata =
        open(Receiver.answering(302, "Location", "http://169.254.169.254/latest/meta-data/"));
    for (Receiver redirecting : List.of(inside, metadata)) {
      String name = "redirect" + redirecting.port();
      PushedTo subscription = subscribe(name, name, redirecting.url(), ",\"maxDeliveries\":1");
      publish(name, 0, 1);
      await().until(() -> subscription.count("deadLettered") == 1);
      assertThat(lastError(subscription)).contains("redirect, which is not followed");
    }
    assertThat(target.got()).isEmpty();
  }

  @Test
  void namesThatLeadToMetadataServicesAreRefused() {
    for (String host : List.of("metadata.example", "both.example", "mapped.example")) {
      PushedTo subscription = subscribe(host, host, "http://" + host + "/", ",\"maxDeliveries\":1");
      publish(host, 0, 1);
      await().until(() -> subscription.count("deadLettered") == 1);
      assertThat(lastError(subscription)).as(host).contains("169.254.169.254 is link-local");
    }
  }

  /** It was harmless when it was looked up first. */
  @Test
  void aNameIsCheckedEachTimeThatItIsConnectedTo() {
    Receiver endpoint = open(Receiver.answering(200, "Connection", "close"));
    String url = "http://rebinding.example:" + endpoint.port() + "/";
    PushedTo subscription = subscribe("rebinding", "rebinding", url, ",\"maxDeliveries\":1");
    publish("rebinding", 0, 1);
    await().until(() -> subscription.count("acked") == 1);
    publish("rebinding", 1, 2);
    await().until(() -> subscription.count("deadLettered") == 1);

    assertThat(lastError(subscription)).contains("refused to connect");
    assertThat(endpoint.eventIds()).containsExactly("0");
  }

  @Test
  void anUnknownNameAndAClosedPortAreFailures() {
    Receiver closed = Receiver.answering(200);
    closed.close();
    for (String url : List.of("http://unknown.example/", closed.url())) {
      String name = "unreachable" + url.length();
      PushedTo subscription = subscribe(name, name, url, ",\"maxDeliveries\":2");
      publish(name, 0, 1);
      await().until(() -> subscription.count("deadLettered") == 1);
      assertThat(lastError(subscription)).isNotBlank();
      assertThat(subscription.attempts().getFirst().has("status")).isFalse();
    }
  }

  @Test
  void privateAddressesAreRefusedWhereASettingSaysSo() {
    try (RunningAggregator strict =
            RunningAggregator.start("aggregator.push.private-addresses=false");
        Receiver endpoint = Receiver.answering(200)) {
      for (String host : List.of("127.0.0.1", "10.0.0.1", "[::1]", "[fd00::1]", "100.64.0.1")) {
        String body = "{\"push\":{\"url\":\"http://%s/\"}}".formatted(host);
        assertThat(strict.put("/subscriptions/s", "application/json", body).statusCode())
            .as(host)
            .isEqualTo(400);
      }
      PushedTo subscription = PushedTo.create(strict, "s", endpoint.url(), ",\"maxDeliveries\":1");
      strict.post("/publish/s", "application/json", "{}");
      await().until(() -> subscription.count("deadLettered") == 1);
      assertThat(lastError(subscription)).contains("aggregator.push.private-addresses");
      assertThat(endpoint.got()).isEmpty();
    }
  }
}
