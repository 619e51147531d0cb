package dev.logaggregator.subscription.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A subscription of a running service that pushes; deleted when it is closed. */
final class PushedTo implements AutoCloseable {

  private final RunningAggregator server;
  private final String name;

  private PushedTo(RunningAggregator server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Creates one for the topic of its name. */
  static PushedTo create(RunningAggregator server, String name, String url, String settings) {
    PushedTo created = new PushedTo(server, name);
    created.putTopic(name, url, settings);
    return created;
  }

  /** Creates or changes it; the settings are further members, each with a comma before it. */
  JsonNode putTopic(String topic, String url, String settings) {
    return put(topic, "{\"url\":\"" + url + "\",\"timeout\":\"1s\"}", settings);
  }

  JsonNode put(String topic, String push, String settings) {
    HttpResponse<String> response =
        server.put(
            "/subscriptions/" + name,
            "application/json",
            "{\"topics\":[\"%s\"],\"push\":%s%s}".formatted(topic, push, settings));
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    return RunningAggregator.json(response);
  }

  JsonNode state() {
    return server.getJson("/subscriptions/" + name);
  }

  List<JsonNode> attempts() {
    List<JsonNode> attempts = new ArrayList<>();
    server.getJson("/subscriptions/" + name + "/attempts").path("attempts").forEach(attempts::add);
    return attempts;
  }

  /** Why the first dead letter is one. */
  String deadLetterReason() {
    return server
        .getJson("/subscriptions/" + name + "/dead-letters")
        .path("deadLetters")
        .path(0)
        .path("reason")
        .asString();
  }

  long count(String what) {
    return state().path(what).asLong();
  }

  @Override
  public void close() {
    server.delete("/subscriptions/" + name);
  }
}
