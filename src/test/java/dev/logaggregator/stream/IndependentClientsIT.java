package dev.logaggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.Node;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.dashboard.Chromium;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.stream.StreamClient.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that others wrote, over a network that fails again and again: what they tell their
 * applications has no gap and no repeat, and is in order.
 */
class IndependentClientsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Random cuts; printed with a failure. */
  private static final long SEED = System.nanoTime();

  private final Random random = new Random(SEED);

  @BeforeAll
  static void requireClients() {
    Chromium.assumeInstalled();
    Node.assumeInstalled();
  }

  /** Each client, behind a network of its own. */
  private static final class Clients implements AutoCloseable {

    private final List<CuttingProxy> networks = new ArrayList<>();
    private final Map<String, StreamClient> clients = new LinkedHashMap<>();

    Clients(RunningAggregator server, String path) {
      add("the browser", server, path, StreamClient::ofBrowser);
      add("okhttp-eventsource", server, path, StreamClient::ofMaven);
      add("eventsource of npm", server, path, StreamClient::ofNpm);
    }

    private void add(
        String name, RunningAggregator server, String path, Function<String, StreamClient> client) {
      CuttingProxy network = new CuttingProxy(server.port(), SEED);
      networks.add(network);
      clients.put(name, client.apply("http://localhost:" + network.port() + path));
    }

    void cut() {
      networks.forEach(CuttingProxy::cut);
    }

    /** Waits until each was told at least so much. */
    void awaitTold(int count) {
      await()
          .atMost(PATIENCE)
          .until(() -> clients.values().stream().allMatch(one -> one.told().size() >= count));
    }

    /** Waits until each was told of that offset. */
    void awaitOffset(long offset) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  clients.values().stream()
                      .map(StreamClient::told)
                      .allMatch(told -> !told.isEmpty() && offset(told.getLast().id()) >= offset));
    }

    @Override
    public void close() {
      clients.values().forEach(StreamClient::close);
      networks.forEach(CuttingProxy::close);
    }
  }

  private static long offset(String cursor) {
    return Long.parseLong(cursor.substring(cursor.indexOf('.') + 1));
  }

  @Test
  void missNothingAndRepeatNothingHoweverOftenTheyAreDisconnected() {
    publishAndCut("cut.short", 2, 2_500);
  }

  @Test
  @Tag("long")
  void missNothingOfFiftyThousandEvents() {
    publishAndCut("cut.long", 25, 2_000);
  }

  /** So many events, and a cut while they are sent, and that again. */
  private void publishAndCut(String topic, int rounds, int eventsEach) {
    RunningAggregator server = RunningAggregator.shared();
    try (Clients clients = new Clients(server, "/events?after=-1&topic=" + topic)) {
      Published events = new Published(server, topic);
      int published = 0;
      for (int round = 0; round < rounds; round++) {
        int before = published + 1 + random.nextInt(eventsEach - 1);
        events.publishNumbered(published, before, "x".repeat(200));
        clients.awaitTold(published + 1);
        clients.cut();
        published += eventsEach;
        events.publishNumbered(before, published, "x".repeat(200));
      }
      clients.awaitTold(published);

      Integer[] all = IntStream.range(0, published).boxed().toArray(Integer[]::new);
      clients.clients.forEach(
          (name, client) -> {
            assertThat(client.told().stream().map(IndependentClientsIT::number))
                .as("%s, seed %d", name, SEED)
                .containsExactly(all);
            assertThat(client.told()).extracting(Told::type).containsOnly("message");
          });
    }
  }

  private static int number(Told told) {
    return Integer.parseInt(JsonMapper.shared().readTree(told.data()).path("id").asString());
  }

  @Test
  void areToldWhatIsGoneWhenTheyComeBackTooLate() {
    try (RunningAggregator server =
            RunningAggregator.start("aggregator.retention.max-events=1000");
        Clients clients = new Clients(server, "/events?after=-1")) {
      Published events = new Published(server, "gone");
      events.publishNumbered(0, 10, "x");
      clients.awaitTold(10);
      clients.networks.forEach(CuttingProxy::down);
      for (int i = 10; i < 20_010; i += 1_000) {
        events.publishNumbered(i, i + 1_000, "x");
      }
      clients.networks.forEach(CuttingProxy::up);
      clients.awaitOffset(20_009);

      long oldest = server.bean(EventStore.class).firstRetainedOffset();
      assertThat(oldest).isGreaterThan(10);
      clients.clients.forEach(
          (name, client) -> {
            List<Told> told = client.told();
            Told gap = told.get(10);
            assertThat(gap.type()).as(name).isEqualTo("gap");
            JsonNode data = JsonMapper.shared().readTree(gap.data());
            assertThat(offset(data.path("from").asString())).as(name).isEqualTo(9);
            assertThat(offset(data.path("to").asString())).as(name).isEqualTo(oldest - 1);
            assertThat(told.subList(11, told.size()).stream().map(one -> offset(one.id())))
                .as(name)
                .containsExactly(
                    LongStream.rangeClosed(oldest, 20_009).boxed().toArray(Long[]::new));
          });
    }
  }
}
