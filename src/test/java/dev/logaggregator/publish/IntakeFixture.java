package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.MAX_EVENT;
import static dev.logaggregator.publish.IntakeFixture.SETTINGS;
import static dev.logaggregator.publish.IntakeFixture.id;
import static dev.logaggregator.publish.IntakeFixture.member;
import static dev.logaggregator.publish.IntakeFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.logaggregator.intake.Bodies;
import dev.logaggregator.intake.Body;
import dev.logaggregator.intake.Intake;
import dev.logaggregator.intake.IntakeSettings;
import dev.logaggregator.intake.Log;
import dev.logaggregator.intake.Outcome;
import dev.logaggregator.intake.Preset;
import dev.logaggregator.intake.RejectedEvent;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import dev.logaggregator.web.Problems;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log and what takes bodies in for it, with the answers as they are sent. */
final class IntakeFixture implements AutoCloseable {

  static final int MAX_EVENT = 2_000_000;
  static final int MAX_TOPICS = 5;
  static final IntakeSettings SETTINGS = Bodies.settings(MAX_EVENT, 8_000_000);

  final EventStore store = Log.open(MAX_TOPICS);
  final Intake intake = Log.intake(store, SETTINGS);

  static Preset id(String id) {
    return new Preset(id == null ? null : id.getBytes(UTF_8), null, null, null, 0);
  }

  /** Takes a body as {@code /publish} does. */
  JsonNode take(Body body, BodyFormat format, Preset preset) {
    Outcome outcome =
        format == BodyFormat.JSON_LINES
            ? intake.takeEnvelopeLines(body, preset)
            : intake.takeEnvelopes(body, preset);
    JsonNode answer = JsonMapper.shared().readTree(ReceiptJson.of(outcome).toByteArray());
    assertThat(outcome.isPartial()).isEqualTo(answer.path("rejected").intValue() > 0);
    return answer;
  }

  JsonNode envelopes(BodyFormat format, String id, String body) {
    try (Body request =
        Bodies.body(SETTINGS, null, new ByteArrayInputStream(body.getBytes(UTF_8)))) {
      return take(request, format, id(id));
    }
  }

  JsonNode json(String body) {
    return envelopes(BodyFormat.JSON, null, body);
  }

  JsonNode lines(String... lines) {
    return envelopes(BodyFormat.JSON_LINES, null, String.join("\n", lines));
  }

  static ErrorResponse refusal(ThrowingCallable call) {
    return Problems.of(catchThrowableOfType(RuntimeException.class, call));
  }

  static Object member(ErrorResponse refusal, String name) {
    return refusal.getBody().getProperties().get(name);
  }

  @SuppressWarnings("unchecked")
  static List<RejectedEvent> errors(ErrorResponse refusal) {
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
