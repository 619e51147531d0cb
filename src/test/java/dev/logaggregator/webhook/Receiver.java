package dev.logaggregator.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What events are pushed to: keeps what it got, and answers as it is told. */
public final class Receiver implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How to answer. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(HttpExchange exchange) throws Exception;
  }

  /** A request as it came, and when. */
  public record Got(Headers headers, String body, long nanos, Instant at) {

    public JsonNode event() {
      return JSON.readTree(body);
    }

    public String eventId() {
      return event().path("id").asString();
    }

    /** Since it was received by the log. */
    public long millisOnItsWay() {
      return Duration.between(Instant.parse(event().path("receivedAt").asString()), at).toMillis();
    }

    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  private final HttpServer server;
  private final AtomicLong bytesSent = new AtomicLong();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;

  public Receiver(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public static Receiver answering(int status) {
    return new Receiver(exchange -> exchange.sendResponseHeaders(status, -1));
  }

  /** As {@link #answering}, with a header. */
  public static Receiver answering(int status, String header, String value) {
    return new Receiver(
        exchange -> {
          exchange.getResponseHeaders().set(header, value);
          exchange.sendResponseHeaders(status, -1);
        });
  }

  /** Takes requests, and never answers them. */
  public static Receiver hanging() {
    CountDownLatch never = new CountDownLatch(1);
    return new Receiver(exchange -> never.await());
  }

  /** Its answers don't end. */
  public static Receiver endless(int status) {
    Receiver endpoint = answering(status);
    endpoint.behaviour =
        exchange -> {
          exchange.sendResponseHeaders(status, 0);
          byte[] bytes = new byte[64 * 1024];
          OutputStream out = exchange.getResponseBody();
          while (true) {
            out.write(bytes);
            endpoint.bytesSent.addAndGet(bytes.length);
          }
        };
    return endpoint;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes());
      got.add(new Got(exchange.getRequestHeaders(), body, System.nanoTime(), Instant.now()));
      behaviour.answer(exchange);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** From now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** From now on. */
  public void answer(int status) {
    behaviour = exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** All requests so far. */
  public List<Got> got() {
    return List.copyOf(got);
  }

  /** The ids of the events in these. */
  public List<String> eventIds() {
    return got.stream().map(Got::eventId).toList();
  }

  /** How much was taken of answers that don't end. */
  public long bytesSent() {
    return bytesSent.get();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://localhost:" + port() + "/hook";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
