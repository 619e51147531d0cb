package dev.logaggregator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port of its own, to be tested from outside, over real HTTP. */
public final class RunningAggregator implements AutoCloseable {

  /** Tomcat warns of the second server in one JVM, which only tests have. */
  private static final String SEVERAL_SERVERS =
      "--logging.level.org.apache.tomcat.util.modeler.Registry=ERROR";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private RunningAggregator(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /**
   * Starts one with these settings, each as {@code key=value}, over the defaults; on a free port if
   * none is named.
   */
  public static RunningAggregator start(String... settings) {
    return startWith(new Class<?>[0], settings);
  }

  /** The same, with beans that stand for what lies outside of the service. */
  public static RunningAggregator startWith(Class<?>[] beans, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(SEVERAL_SERVERS));
    if (Stream.of(settings).noneMatch(setting -> setting.startsWith("server.port="))) {
      arguments.add("--server.port=0");
    }
    for (String setting : settings) {
      arguments.add("--" + setting);
    }
    return new RunningAggregator(
        new SpringApplicationBuilder(LogAggregator.class)
            .sources(beans)
            .run(arguments.toArray(String[]::new)));
  }

  /** The one with default settings that tests share; what they publish needs topics of its own. */
  public static RunningAggregator shared() {
    return Shared.INSTANCE;
  }

  private static final class Shared {
    static final RunningAggregator INSTANCE = start();
  }

  /** The port on loopback. */
  public int port() {
    return port;
  }

  /** A bean of the running service, for what can't be seen from outside. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The address of a path with its query, which must be encoded already. */
  public URI uri(String pathAndQuery) {
    return URI.create("http://localhost:" + port + pathAndQuery);
  }

  /** GET; headers as name, value, name, value. */
  public HttpResponse<String> get(String pathAndQuery, String... headers) {
    return send(request(pathAndQuery, headers).GET().build());
  }

  /** DELETE. */
  public HttpResponse<String> delete(String pathAndQuery, String... headers) {
    return send(request(pathAndQuery, headers).DELETE().build());
  }

  /** POST with a content type. */
  public HttpResponse<String> post(
      String pathAndQuery, String contentType, String body, String... headers) {
    return post(
        pathAndQuery, contentType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
  }

  /** POST with a content type. */
  public HttpResponse<String> post(
      String pathAndQuery, String contentType, byte[] body, String... headers) {
    return send(
        request(pathAndQuery, headers)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** PUT with a content type. */
  public HttpResponse<String> put(
      String pathAndQuery, String contentType, String body, String... headers) {
    return send(
        request(pathAndQuery, headers)
            .header("Content-Type", contentType)
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  /** A body as JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** GET, whose answer is JSON. */
  public JsonNode getJson(String pathAndQuery) {
    return json(get(pathAndQuery));
  }

  /** A request to be built further. */
  public HttpRequest.Builder request(String pathAndQuery, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(pathAndQuery)).timeout(Duration.ofSeconds(60));
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** Sends a request. */
  public HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
