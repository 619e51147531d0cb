package dev.logaggregator.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.store.EventStore;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stopping the service loses nothing that it has begun to take. */
class GracefulShutdownIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int TIMEOUT_MILLIS = (int) TIMEOUT.toMillis();

  @Test
  void aPublishUnderWayIsFinishedWhileNewOnesAreRefused() throws Exception {
    RunningAggregator aggregator = RunningAggregator.start();
    EventStore store = aggregator.bean(EventStore.class);
    try (Socket underWay = new Socket("127.0.0.1", aggregator.port())) {
      underWay.setSoTimeout(TIMEOUT_MILLIS);
      send(
          underWay,
          "POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
              + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
      send(underWay, chunk("{\"topic\":\"stop\",\"n\":1}\n"));
      await().until(() -> store.watermark() == 1);

      Thread stopping = Thread.ofVirtual().start(aggregator::close);
      await().until(() -> refusesConnections(aggregator.port()));

      send(underWay, chunk("{\"topic\":\"stop\",\"n\":2}\n") + "0\r\n\r\n");
      String answer = new String(underWay.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"accepted\":2");
      assertThat(stopping.join(TIMEOUT)).isTrue();
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    RunningAggregator aggregator = RunningAggregator.start();
    try (Socket idle = new Socket("127.0.0.1", aggregator.port())) {
      idle.setSoTimeout(TIMEOUT_MILLIS);
      send(idle, "HEAD /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(idle.getInputStream().read()).isEqualTo('H');

      Thread stopping = Thread.ofVirtual().start(aggregator::close);

      assertThat(new String(idle.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("TTP/1.1 200")
          .endsWith("\r\n\r\n");
      assertThat(stopping.join(TIMEOUT)).isTrue();
    }
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static boolean refusesConnections(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }
}
