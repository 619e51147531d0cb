package dev.logaggregator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events that are too large for a copy of each to be kept for each reader. */
class LargeEventsIT {

  private static final String SETTING = "aggregator.publish.max-event=64MB";

  /** Six times as large in JSON, which is more than the buffers of sockets take. */
  private static final String CONTROLS = "\u0001".repeat(4 << 20);

  private static final int PIECE_BYTES = 256 * 1024;

  /** What all streams share has its room claimed as a whole. */
  private static final long SHARED_BYTES = 4 << 20;

  private static RunningAggregator server;

  @BeforeAll
  static void start() {
    server = RunningAggregator.start(SETTING);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static long publish(String topic, String text) {
    var receipt = server.post("/publish/" + topic + "?source=a%22b", "text/plain", text);
    assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(200);
    return RunningAggregator.json(receipt).path("offset").asLong();
  }

  private static Socket unread(String path, String accept) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n"
                .formatted(path, accept)
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).as("the answer has begun").isEqualTo('H');
    return socket;
  }

  @Test
  void areTheSameInEveryFormOfAnswer() {
    String text = "\u0001\"é\\".repeat(100_000) + "end";
    long before = publish("large.forms", "small");
    long offset = publish("large.forms", text);
    publish("large.forms", "small");

    String single = server.get("/events/" + offset).body();
    String page = server.get("/events?topic=large.forms&order=asc").body();
    String lines =
        server.get("/events?topic=large.forms&order=asc", "Accept", "application/x-ndjson").body();

    assertThat(server.getJson("/events/" + offset).path("payload").asString().equals(text))
        .isTrue();
    assertThat(single).startsWith("{\"offset\":" + offset).endsWith("end\"}");
    assertThat(page).contains("," + single + ",");
    assertThat(lines.lines().toList()).hasSize(3).element(1).isEqualTo(single);
    assertThat(server.get("/events?topic=large.forms&order=asc&limit=1&after=" + before).body())
        .contains("[" + single + "]");
  }

  @Test
  void areSentToStreamsByteForByte() throws IOException {
    long offset = publish("large.stream", "\u0002".repeat(1 << 20));
    String single = server.get("/events/" + offset).body();
    try (Socket stream = unread("/events?topic=large.stream&after=-1", "text/event-stream")) {
      StringBuilder read = new StringBuilder();
      byte[] bytes = new byte[64 * 1024];
      while (!read.toString().endsWith("\n\n\r\n")) {
        read.append(
            new String(bytes, 0, stream.getInputStream().read(bytes), StandardCharsets.UTF_8));
      }
      String body = read.substring(read.indexOf("\r\n\r\n") + 4);
      assertThat(body.replaceAll("(^|\r\n)[0-9a-f]+\r\n", "").replace("\r\n", ""))
          .endsWith("data: " + single + "\n\n");
    }
  }

  @Test
  void takeOnePieceForEachReaderThatDoesNotRead() throws IOException {
    long offset = publish("large.unread", CONTROLS);
    MemoryAccount memory = server.bean(MemoryAccount.class);
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sockets.add(unread("/events?topic=large.unread&after=-1", "text/event-stream"));
      sockets.add(unread("/events/" + offset, "application/json"));
    }
    assertThat(memory.usedBytes(Use.STREAMS)).isBetween(1L, 10L * PIECE_BYTES + SHARED_BYTES);
    assertThat(memory.usedBytes(Use.ANSWERS)).isBetween(1L, 10L * PIECE_BYTES);
    for (Socket socket : sockets) {
      socket.close();
    }
    await().until(() -> memory.usedBytes(Use.STREAMS) + memory.usedBytes(Use.ANSWERS) == 0);
  }

  @Test
  void areBrokenOffWhenTheyAreDroppedMeanwhile() throws IOException {
    long offset = publish("large.dropped", CONTROLS);
    try (Socket single = unread("/events/" + offset, "application/json");
        Socket stream = unread("/events?topic=large.dropped&after=-1", "text/event-stream")) {
      assertThat(server.delete("/topics/large.dropped").statusCode()).isEqualTo(204);
      assertThat(rest(single)).doesNotEndWith("0\r\n\r\n").hasSizeLessThan(6 * CONTROLS.length());
      assertThat(rest(stream)).doesNotEndWith("0\r\n\r\n").hasSizeLessThan(6 * CONTROLS.length());
    }
  }

  private static String rest(Socket socket) {
    StringBuilder read = new StringBuilder();
    byte[] bytes = new byte[64 * 1024];
    try {
      for (int n = socket.getInputStream().read(bytes);
          n >= 0;
          n = socket.getInputStream().read(bytes)) {
        read.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException reset) {
      // As good an end as the other.
    }
    return read.toString();
  }
}
