package dev.logaggregator.subscription;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.store.Gap;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions as JSON.
 *
 * @param epoch of the log
 * @param watermark up to which backlogs are complete
 */
record SubscriptionJson(String epoch, long watermark, Instant now) {

  /**
   * Settings and state.
   *
   * @param newSecret shown this once; null for never
   */
  void write(Subscription subscription, @Nullable String newSecret, AnswerChunks answer)
      throws IOException {
    Subscription.State state = subscription.state(watermark);
    JsonBuffer out = answer.buffer();
    out.ascii("{\"name\":").string(subscription.name());
    writeDefinition(subscription.definition(), newSecret, answer);
    String paused = subscription.pausedReason();
    out.ascii(",\"status\":").string(paused == null ? "active" : "paused");
    if (paused != null) {
      out.ascii(",\"pausedReason\":").string(paused);
    }
    out.ascii(",\"cursor\":").string(new Cursor(epoch, state.cursor()).toString());
    out.ascii(",\"backlog\":").number(state.backlog());
    if (!state.backlogIsComplete()) {
      out.ascii(",\"backlogIsAtLeast\":true");
    }
    out.ascii(",\"inFlight\":").number(state.inFlight());
    out.ascii(",\"delivered\":").number(state.delivered());
    out.ascii(",\"acked\":").number(state.acked());
    out.ascii(",\"redelivered\":").number(state.redelivered());
    out.ascii(",\"deadLettered\":").number(state.deadLettered());
    if (state.deadLettersDropped() > 0) {
      out.ascii(",\"deadLettersDropped\":").number(state.deadLettersDropped());
    }
    if (state.oldestMillis() >= 0) {
      Duration age = Duration.between(Instant.ofEpochMilli(state.oldestMillis()), now);
      out.ascii(",\"oldestUnackedAge\":")
          .string(Durations.format(age.isNegative() ? Duration.ZERO : age));
    }
    if (state.lastError() != null) {
      out.ascii(",\"lastError\":").string(state.lastError());
    }
    gap(state.gap(), out);
    out.put('}');
    answer.endOfPart();
  }

  private static void writeDefinition(
      Definition definition, @Nullable String newSecret, AnswerChunks answer) throws IOException {
    JsonBuffer out = answer.buffer();
    out.ascii(",\"topics\":[");
    for (int i = 0; i < definition.topics().size(); i++) {
      out.ascii(i == 0 ? "" : ",").string(definition.topics().get(i));
      answer.endOfPart();
    }
    out.put(']');
    if (definition.q() != null) {
      out.ascii(",\"q\":");
      answer.string(definition.q());
    }
    duration(",\"ackDeadline\":", definition.ackDeadline(), out);
    out.ascii(",\"maxDeliveries\":").number(definition.maxDeliveries());
    duration(",\"backoff\":{\"min\":", definition.backoff().min(), out);
    duration(",\"max\":", definition.backoff().max(), out);
    out.ascii("},\"maxInFlight\":").number(definition.maxInFlight());
    PushTarget push = definition.push();
    if (push != null) {
      out.ascii(",\"push\":{\"url\":").string(push.shownUrl());
      duration(",\"timeout\":", push.timeout(), out);
      if (newSecret != null) {
        out.ascii(",\"secret\":").string(newSecret);
      }
      out.put('}');
    }
  }

  private static void duration(String name, Duration duration, JsonBuffer out) {
    out.ascii(name).string(Durations.format(duration));
  }

  /** {@code ,"gap":{…}}, or nothing. */
  static void gap(@Nullable Gap gap, JsonBuffer out) {
    if (gap != null) {
      out.ascii(",\"gap\":{\"from\":").string(gap.from().toString());
      out.ascii(",\"to\":").string(gap.to().toString()).put('}');
    }
  }
}
