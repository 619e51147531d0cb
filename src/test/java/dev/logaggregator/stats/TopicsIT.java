package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /topics}. */
class TopicsIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();

  private static void publish(String topic, String id) {
    assertThat(
            AGGREGATOR
                .post("/publish/" + topic + "?id=" + id, "application/json", "{}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void listsEveryTopicWithItsFiguresOfStats() {
    publish("topics.listed", "1");
    publish("topics.listed", "1");

    JsonNode topics = AGGREGATOR.getJson("/topics");

    JsonNode listed = topics.at("/topics").get("topics.listed");
    assertThat(listed).isEqualTo(AGGREGATOR.getJson("/stats").at("/topics").get("topics.listed"));
    assertThat(listed.at("/accepted").asInt()).isEqualTo(1);
    assertThat(listed.at("/duplicates").asInt()).isEqualTo(1);
    assertThat(topics.at("/topicCount").asInt()).isEqualTo(topics.at("/topics").size());
  }

  @Test
  void deletesTheEventsOfOneTopicOnly() {
    publish("topics.deleted", "1");
    publish("topics.kept", "1");

    assertThat(AGGREGATOR.delete("/topics/topics.deleted").statusCode()).isEqualTo(204);

    assertThat(AGGREGATOR.getJson("/events?topic=topics.deleted").at("/events").isEmpty()).isTrue();
    assertThat(AGGREGATOR.getJson("/events?topic=topics.kept").at("/events").size()).isEqualTo(1);
    JsonNode topics = AGGREGATOR.getJson("/topics").at("/topics");
    assertThat(topics.has("topics.deleted")).isFalse();
    assertThat(topics.has("topics.kept")).isTrue();
  }

  @Test
  void saysTheSameWhenThereIsNothingToDelete() {
    publish("topics.twice", "1");

    assertThat(AGGREGATOR.delete("/topics/topics.twice").statusCode()).isEqualTo(204);
    assertThat(AGGREGATOR.delete("/topics/topics.twice").statusCode()).isEqualTo(204);
    assertThat(AGGREGATOR.delete("/topics/topics.never-seen").statusCode()).isEqualTo(204);
  }

  @Test
  void takesNewEventsOfADeletedTopic() {
    publish("topics.again", "1");
    AGGREGATOR.delete("/topics/topics.again");
    publish("topics.again", "2");

    JsonNode events = AGGREGATOR.getJson("/events?topic=topics.again").at("/events");
    assertThat(events.size()).isEqualTo(1);
    assertThat(events.at("/0/id").asString()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".", "a%20b", "orders.*", "%C3%A4", "a%0Ab"})
  void refusesANameThatNoTopicHas(String name) {
    assertThat(AGGREGATOR.delete("/topics/" + name).statusCode()).isEqualTo(400);
  }

  @Test
  void takesNoParameters() {
    assertThat(AGGREGATOR.get("/topics?top=5").statusCode()).isEqualTo(400);
    assertThat(AGGREGATOR.delete("/topics/topics.none?force=1").statusCode()).isEqualTo(400);
  }
}
