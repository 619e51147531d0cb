package dev.logaggregator.hostile;

import static dev.logaggregator.hostile.Payloads.MEBIBYTE;
import static dev.logaggregator.hostile.Payloads.MOST_REQUEST_BYTES;
import static dev.logaggregator.hostile.Request.get;
import static dev.logaggregator.hostile.Request.post;
import static dev.logaggregator.hostile.Request.put;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Clients that send much, slowly, only the half of it, or what unfolds. */
final class SendingCases {

  private static final String NDJSON = "application/x-ndjson";
  private static final String ZSTD = "Content-Encoding: zstd";
  private static final int OF_EACH_ROUTE = 20;

  /**
   * What a zstd frame begins with that asks for a window of 8 MiB, and a block that isn't there.
   */
  private static final byte[] LARGE_WINDOW = {
    0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x00, 13 << 3, 0x00, 0x00, 0x10
  };

  private SendingCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    addSlow(cases);
    addEvents(cases);
    addUnfolding(cases);
    addRefused(cases);
    return cases;
  }

  /** Those who begin and don't go on. */
  private static void addSlow(List<Case> cases) {
    for (String encoding : List.of("zstd", "gzip", "deflate")) {
      cases.add(heads(World.SMALL, 1_500, encoding));
    }
    cases.add(
        new Case(
            "1,500 beginnings of a zstd frame with a window of 8 MiB",
            World.SMALL,
            onslaught ->
                onslaught.crowd(
                    1_500,
                    Manner.NEVER_READS,
                    post("/publish", NDJSON, LARGE_WINDOW).with(ZSTD).announcing(MEBIBYTE))));
    cases.add(
        onEveryRoute("every route with a body, 20 times, the head only", Manner.SENDS_THE_HEAD));
    cases.add(
        onEveryRoute(
            "every route with a body, 20 times, a byte a second",
            Manner.SENDS_THE_BODY_A_BYTE_A_SECOND));
    cases.add(
        onEveryRoute(
            "every route with a body, 20 times, by clients that vanish halfway",
            Manner.VANISHES_HALFWAY));
    cases.add(
        halfBodies(
            "200 bodies of 64 MiB that stop halfway, one event", "/publish/t", "text/plain"));
    cases.add(halfBodies("200 arrays of 64 MiB that stop halfway", "/publish", "application/json"));
  }

  /** As much as a request may have, of what is smallest or largest. */
  private static void addEvents(List<Case> cases) {
    cases.add(
        bodies("16 × 64 MiB of the smallest lines, all rejected", NDJSON, Payloads::tinyEvents));
    cases.add(
        bodies(
            "16 × 64 MiB of the smallest events",
            NDJSON,
            () -> Payloads.repeated("{\"topic\":\"t\",\"payload\":1}\n", MOST_REQUEST_BYTES)));
    cases.add(
        bodies(
            "16 arrays of 64 MiB of the smallest events",
            "application/json",
            SendingCases::tinyArray));
    cases.add(
        bodies(
            "50 × 64 MiB of events of 1 MiB",
            50,
            () ->
                post(
                    "/publish/large?split=lines",
                    "text/plain",
                    Payloads.repeated(
                        "x".repeat(MEBIBYTE - 100) + "\n", MOST_REQUEST_BYTES - MEBIBYTE))));
  }

  /** What becomes more than was sent. */
  private static void addUnfolding(List<Case> cases) {
    cases.add(
        bodies(
            "50 zstd bombs of 1 GiB",
            50,
            () -> post("/publish/bomb", "text/plain", Payloads.zstd(bomb())).with(ZSTD)));
    cases.add(
        bodies(
            "50 gzip bombs of 1 GiB",
            50,
            () ->
                post("/publish/bomb?split=lines", "text/plain", Payloads.gzip(bomb()))
                    .with("Content-Encoding: gzip")));
    cases.add(
        bodies(
            "50 × the deepest nesting, and deeper",
            50,
            () -> post("/publish/deep", "application/json", Payloads.nested(MEBIBYTE / 2 - 100))));
    cases.add(
        bodies(
            "50 × 64 attributes",
            50,
            () -> post("/publish", "application/json", Payloads.attributes(64))));
    cases.add(
        bodies(
            "50 × 20,000 attributes",
            50,
            () -> post("/publish", "application/json", Payloads.attributes(20_000))));
  }

  /** What isn't wanted, and has to be got rid of. */
  private static void addRefused(List<Case> cases) {
    cases.add(
        bodies(
            "100 × 32 MiB for a route that isn't there",
            100,
            () -> post("/unknown", "text/plain", new byte[32 * MEBIBYTE])));
    cases.add(
        bodies(
            "100 × 32 MiB in a type that isn't understood",
            100,
            () -> post("/publish", "image/png", new byte[32 * MEBIBYTE])));
    cases.add(
        bodies(
            "200 definitions of 1 MiB",
            200,
            () ->
                put(
                    "/subscriptions/x",
                    "{\"topics\":[" + "\"a\",".repeat(MEBIBYTE / 4 - 10) + "\"a\"]}")));
    cases.add(
        bodies(
            "200 × ack of 10,000 that aren't known",
            200,
            () -> post("/subscriptions/consumer/ack", "{\"ackIds\":[" + ids(10_000) + "]}")));
    cases.add(
        new Case(
            "300 chunked bodies of endless extensions",
            World.SMALL,
            onslaught ->
                onslaught.crowd(
                    300,
                    Manner.READS,
                    post("/publish", NDJSON, ("1;" + "x".repeat(8 * MEBIBYTE)).getBytes(US_ASCII))
                        .with("Transfer-Encoding: chunked"))));
    cases.add(
        new Case(
            "2,000 requests with 15 KB of headers, unread",
            World.SMALL,
            onslaught ->
                onslaught.crowd(
                    2_000,
                    Manner.NEVER_READS,
                    get("/events").with("X-Padding: " + "x".repeat(15_000)))));
  }

  static Case heads(World world, int clients, String encoding) {
    return new Case(
        "%,d heads with Content-Encoding: %s".formatted(clients, encoding),
        world,
        onslaught ->
            onslaught.crowd(
                clients,
                Manner.SENDS_THE_HEAD,
                post("/publish", NDJSON, new byte[0])
                    .with("Content-Encoding: " + encoding)
                    .announcing(MEBIBYTE)));
  }

  private static Case bodies(String name, int clients, Supplier<Request> made) {
    return new Case(
            name, World.EMPTY, onslaught -> onslaught.crowd(clients, Manner.READS, made.get()))
        .prepared(onslaught -> onslaught.require(put("/subscriptions/consumer", "{}")))
        .leaving(32);
  }

  private static Case bodies(String name, String contentType, Supplier<byte[]> body) {
    return bodies(name, 16, () -> post("/publish", contentType, body.get()));
  }

  private static Case halfBodies(String name, String path, String contentType) {
    return new Case(
        name,
        World.SMALL,
        onslaught -> {
          byte[] half =
              Payloads.repeated("{\"topic\":\"t\",\"m\":\"aaa\"},", MOST_REQUEST_BYTES / 2);
          Request request =
              post(path, contentType, ("[" + new String(half, US_ASCII)).getBytes(US_ASCII));
          onslaught.crowd(200, Manner.NEVER_READS, request.announcing(MOST_REQUEST_BYTES));
        });
  }

  private static byte[] bomb() {
    byte[] bomb = new byte[1 << 30];
    Arrays.fill(bomb, (byte) 'a');
    return bomb;
  }

  private static byte[] tinyArray() {
    String all = "{\"topic\":\"t\",\"payload\":1},".repeat(MOST_REQUEST_BYTES / 26 - 10);
    return ("[" + all.substring(0, all.length() - 1) + "]").getBytes(US_ASCII);
  }

  private static String ids(int count) {
    return "\"%s\",".formatted("0".repeat(90)).repeat(count - 1) + "\"x\"";
  }

  private static Case onEveryRoute(String name, Manner manner) {
    return new Case(
        name,
        World.SMALL,
        onslaught -> {
          onslaught.require(put("/subscriptions/consumer", "{}"));
          for (Request request : routes()) {
            onslaught.crowd(OF_EACH_ROUTE, manner, request);
          }
        });
  }

  /** Each route that takes a body, in each type and encoding. */
  private static List<Request> routes() {
    byte[] body = Payloads.repeated("{\"topic\":\"t\",\"payload\":1}\n", MEBIBYTE / 2);
    List<Request> routes = new ArrayList<>();
    for (String type : List.of("application/json", NDJSON)) {
      routes.add(post("/publish", type, body));
      routes.add(post("/publish", type, Payloads.zstd(body)).with(ZSTD));
      routes.add(post("/publish", type, Payloads.gzip(body)).with("Content-Encoding: gzip"));
    }
    for (String type :
        List.of("application/json", NDJSON, "text/plain", "application/x-www-form-urlencoded")) {
      routes.add(post("/publish/t", type, body));
      routes.add(post("/publish/t?split=lines", type, body));
      routes.add(post("/publish/t", type, body).with(ZSTD).announcing(MOST_REQUEST_BYTES));
    }
    String json = "{\"ackIds\":[" + ids(5_000) + "]}";
    for (String route :
        List.of("ack", "nack", "extend", "seek", "pull?wait=20s", "dead-letters/replay")) {
      routes.add(post("/subscriptions/consumer/" + route, json));
    }
    routes.add(put("/subscriptions/slow", json));
    routes.add(post("/unknown", NDJSON, body).announcing(MOST_REQUEST_BYTES));
    routes.add(post("/events", NDJSON, body).announcing(MOST_REQUEST_BYTES));
    return routes;
  }
}
