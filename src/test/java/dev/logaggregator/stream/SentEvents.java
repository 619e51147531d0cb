package dev.logaggregator.stream;

import dev.logaggregator.RunningAggregator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream, read block by block as it was sent: nothing is dropped, nothing understood. */
final class SentEvents implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Block END = new Block(List.of());

  /** The lines up to an empty one. */
  record Block(List<String> lines) {

    String field(String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    JsonNode data() {
      return JSON.readTree(field("data"));
    }

    String eventId() {
      return data().path("id").asString();
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();

  private SentEvents(HttpRequest request) {
    try {
      response = client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  static SentEvents open(RunningAggregator server, String pathAndQuery, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(pathAndQuery)).header("Accept", "text/event-stream");
    return new SentEvents((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private void read() {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          blocks.add(new Block(List.copyOf(lines)));
          lines.clear();
        } else {
          lines.add(line);
        }
      }
    } catch (IOException closed) {
      // The end, as is that of the loop.
    }
    blocks.add(END);
  }

  HttpResponse<?> response() {
    return response;
  }

  /** The next block; fails after ten seconds. */
  Block next() {
    try {
      Block block = blocks.poll(10, TimeUnit.SECONDS);
      if (block == null) {
        throw new AssertionError("nothing was sent for ten seconds");
      }
      return block;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next blocks. */
  List<Block> next(int count) {
    List<Block> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(next());
    }
    return taken;
  }

  /** The ids of the events in the next blocks. */
  List<String> nextIds(int count) {
    return next(count).stream().map(Block::eventId).toList();
  }

  /** Whether nothing was sent that wasn't taken. */
  boolean isDrained() {
    return blocks.isEmpty();
  }

  static boolean isEnd(Block block) {
    return block == END;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
