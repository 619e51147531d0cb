package dev.logaggregator.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ids that somebody has computed, so that another's event is taken for a repetition of his. */
class CollidingIdsIT {

  /** So long that the ids begin with a block of the hash. */
  private static final String TOPIC = "hostile.collide";

  /** Of the topic, a zero byte and each of these, MurmurHash3 (x64, 128 bits, seed 0) is one. */
  private static final List<String> IDS =
      List.of(
          "0123456789abcdef0123456789ABCDEF",
          "aTgG_HmUk_TjjXV6/ML+N%Hkr#fXlHa0",
          "36G9m6tBeHcRhdoj,k'VW'63vFdb_5P*");

  @Test
  void doNotSuppressEventsOfOthers() {
    String lines =
        IDS.stream()
            .map(id -> "{\"topic\":\"%s\",\"id\":\"%s\",\"payload\":1}".formatted(TOPIC, id))
            .collect(Collectors.joining("\n"));

    JsonNode receipt =
        RunningAggregator.json(
            RunningAggregator.shared().post("/publish", "application/x-ndjson", lines));

    assertThat(receipt.at("/accepted").asInt()).isEqualTo(IDS.size());
    assertThat(receipt.at("/duplicates").asInt()).isZero();
  }
}
