package dev.logaggregator.subscription;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A change of a subscription, as it is written to the journal. What is not here is not kept: what
 * is in flight when the service ends is delivered again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SubscriptionRecord.Put.class, name = "put"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Done.class, name = "done"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Buried.class, name = "buried"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Dropped.class, name = "dropped"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Replayed.class, name = "replayed"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Sought.class, name = "sought"),
  @JsonSubTypes.Type(value = SubscriptionRecord.Paused.class, name = "paused")
})
sealed interface SubscriptionRecord {

  /** The name by which {@link Ledger} is handed these records. */
  String KIND = "subscription";

  JsonMapper JSON = JsonMapper.builder().build();

  /** The subscription that changes. */
  String name();

  /**
   * Created, or changed.
   *
   * @param start where a created one starts: after this offset
   */
  record Put(String name, Definition definition, long start) implements SubscriptionRecord {}

  /** Deleted. */
  record Deleted(String name) implements SubscriptionRecord {}

  /**
   * Events were acknowledged.
   *
   * @param offsets of these events
   * @param ranges around each of them, in which everything is done with but what is delivered anew
   */
  record Done(String name, List<Long> offsets, List<OffsetRange> ranges)
      implements SubscriptionRecord {}

  /**
   * An event went to the dead letters.
   *
   * @param range around it, as in {@link Done}
   * @param keep how many dead letters are kept then, the latest ones
   */
  record Buried(String name, DeadLetter letter, OffsetRange range, int keep)
      implements SubscriptionRecord {}

  /**
   * There was no room for so many dead letters.
   *
   * @param keep how many are kept, the latest ones
   */
  record Dropped(String name, int keep) implements SubscriptionRecord {}

  /** Dead letters are to be delivered anew. */
  record Replayed(String name, List<Long> offsets) implements SubscriptionRecord {}

  /** Goes on after this offset. */
  record Sought(String name, long offset) implements SubscriptionRecord {}

  /**
   * Stopped until it is changed; or, without a reason, goes on.
   *
   * @param reason why it was stopped
   */
  record Paused(String name, @Nullable String reason) implements SubscriptionRecord {}

  default byte[] toBytes() {
    return JSON.writerFor(SubscriptionRecord.class).writeValueAsBytes(this);
  }

  static SubscriptionRecord of(byte[] bytes) {
    return JSON.readValue(bytes, SubscriptionRecord.class);
  }
}
