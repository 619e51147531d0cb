package dev.logaggregator.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients that keep connections for nothing do to others, who come from the same address. */
class ConnectionsIT {

  private static final String LIVENESS = "/actuator/health/liveness";
  private static final String TWENTY = "server.tomcat.max-connections=20";

  private final List<Client> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (Client client : opened) {
      client.close();
    }
  }

  private Client open(RunningAggregator server) throws IOException {
    Client client = new Client(server.port());
    opened.add(client);
    return client;
  }

  /** Many more connections than there may be, each with this sent, while another is at work. */
  private void assertServedAmong(String sent) throws IOException {
    try (RunningAggregator server = RunningAggregator.start(TWENTY)) {
      Client honest = open(server);
      assertThat(honest.get(LIVENESS)).isEqualTo(200);
      for (int i = 0; i < 40; i++) {
        Client client = open(server);
        try {
          client.send(sent);
        } catch (IOException closedAlready) {
          // It made room for another.
        }
        assertThat(honest.get(LIVENESS)).as("kept alive").isEqualTo(200);
      }
      assertThat(open(server).get(LIVENESS)).as("fresh").isEqualTo(200);
      // The server would wait for their requests to end.
      closeAll();
    }
  }

  @Test
  void othersAreServedAmongSilentConnections() throws IOException {
    assertServedAmong("");
  }

  @Test
  void othersAreServedAmongUnfinishedHeaders() throws IOException {
    assertServedAmong("GET /events HTTP/1.1\r\nHost: localhost\r\nX-Endless: ");
  }

  @Test
  void othersAreServedAmongConnectionsThatAreKeptAlive() throws IOException {
    assertServedAmong("GET " + LIVENESS + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  @Test
  void othersAreServedAmongBodiesThatDoNotCome() throws IOException {
    assertServedAmong(
        "POST /publish/x HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Type: application/x-ndjson\r\n"
            + "Content-Length: 1000\r\n\r\n");
  }

  @Test
  void headersThatDoNotComeToAnEndInTimeAreNotWaitedFor() throws IOException {
    try (RunningAggregator server =
        RunningAggregator.start("aggregator.listener.header-timeout=200ms")) {
      Client honest = open(server);
      assertThat(honest.get(LIVENESS)).isEqualTo(200);
      Client slow = open(server);
      slow.send("GET / HTTP/1.1\r\nX: ");
      await()
          .until(
              () -> {
                try {
                  slow.send("y");
                } catch (IOException reset) {
                  return true;
                }
                return slow.isClosed();
              });
      assertThat(honest.get(LIVENESS)).as("idle for as long").isEqualTo(200);
    }
  }

  /** Thousands of requests at a time, of whose answers none is read. */
  @Test
  void whoTakesNoAnswerIsCutOff() throws IOException {
    try (RunningAggregator server =
        RunningAggregator.start("aggregator.listener.write-timeout=200ms")) {
      Client greedy = open(server);
      String requests = "GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
      assertThatIOException()
          .isThrownBy(
              () -> {
                while (true) {
                  greedy.send(requests);
                }
              });
    }
  }

  @Test
  void anUpgradeToHttp2IsNotMade() throws IOException {
    Client client = open(RunningAggregator.shared());
    client.send(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n"
            .formatted(LIVENESS));
    assertThat(client.readAnswer()).isEqualTo(200);
  }

  @Test
  void aHeadOfAHundredThousandHeadersIsRefused() throws IOException {
    Client client = open(RunningAggregator.shared());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    try {
      client.send("A: b\r\n".repeat(100_000));
    } catch (IOException refusedAlready) {
      // It needn't read them all.
    }
    await().until(client::isClosed);
  }
}
