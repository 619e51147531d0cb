package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.MAX_EVENT;
import static dev.logaggregator.publish.IntakeFixture.SETTINGS;
import static dev.logaggregator.publish.IntakeFixture.id;
import static dev.logaggregator.publish.IntakeFixture.member;
import static dev.logaggregator.publish.IntakeFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log and what takes bodies in for it, with the answers as they are sent. */
final class IntakeFixture implements AutoCloseable {

  static final int MAX_EVENT = 2_000_000;
  static final int MAX_TOPICS = 5;
  static final PublishSettings SETTINGS = Bodies.settings(MAX_EVENT, 8_000_000);

  final EventStore store = Log.open(MAX_TOPICS);
  final Intake intake = Log.intake(store, SETTINGS);

  static PublishParameters id(String id) {
    return new PublishParameters(
        id == null ? null : id.getBytes(UTF_8), null, null, null, false, 0);
  }

  JsonNode envelopes(BodyFormat format, String id, String body) {
    try (RequestBody request =
        Bodies.body(SETTINGS, null, new ByteArrayInputStream(body.getBytes(UTF_8)))) {
      Publication publication = intake.takeEnvelopes(request, format, id(id));
      JsonNode answer = JsonMapper.shared().readTree(publication.answer().toByteArray());
      assertThat(publication.isPartial()).isEqualTo(answer.path("rejected").intValue() > 0);
      return answer;
    }
  }

  JsonNode json(String body) {
    return envelopes(BodyFormat.JSON, null, body);
  }

  JsonNode lines(String... lines) {
    return envelopes(BodyFormat.JSON_LINES, null, String.join("\n", lines));
  }

  static Refusal refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refusal.class, call);
  }

  static Object member(Refusal refusal, String name) {
    return refusal.getBody().getProperties().get(name);
  }

  @SuppressWarnings("unchecked")
  static List<RejectedEvent> errors(Refusal refusal) {
    return (List<RejectedEvent>) member(refusal, "errors");
  }

  void assertStored(long accepted, long duplicates, long rejected) {
    LogStatistics statistics = store.statistics(0);
    assertThat(List.of(statistics.accepted(), statistics.duplicates(), statistics.rejected()))
        .isEqualTo(List.of(accepted, duplicates, rejected));
  }

  @Override
  public void close() {
    store.close();
  }
}
