package dev.logaggregator.event;

import dev.logaggregator.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that are ordered together: decoded, validated and encoded on the publisher's thread, so
 * that nothing but copying is left to do when it is their turn. It lies in its builder's memory, so
 * that it is valid until the builder is used again.
 *
 * <p>Everything that decides what becomes of the events is in the batch, time included, so that
 * applying it gives the same result on a restart and on every node.
 */
public final class EventBatch {

  private final byte[] bytes;
  private final int[] starts;
  private final long[] keys;
  private final Topic[] topics;
  private final int eventCount;
  private final int rejected;
  private final long receivedBytes;
  private final Instant receivedAt;
  private @Nullable IdentityKey hashedBy;

  private EventBatch(Builder builder) {
    this.bytes = builder.bytes;
    this.starts = builder.starts;
    this.starts[builder.count] = builder.length;
    this.keys = builder.keys;
    this.topics = builder.topics.toArray(Topic[]::new);
    this.eventCount = builder.count;
    this.rejected = builder.rejected;
    this.receivedBytes = builder.receivedBytes;
    this.receivedAt = builder.receivedAt;
  }

  /** How many events there are, those of system topics included. */
  public int size() {
    return eventCount;
  }

  /**
   * The encoded events, one after the other, and unused room after them; the layout is this room's
   * secret.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** Bytes of all the encoded events. */
  public int sizeBytes() {
    return starts[eventCount];
  }

  /** Where an event starts in {@link #bytes()}. */
  public int start(int index) {
    return starts[index];
  }

  /** Where an event ends in {@link #bytes()}. */
  public int end(int index) {
    return starts[index + 1];
  }

  /** Index into {@link #topics()} of an event's topic. */
  public int topicIndex(int index) {
    return EventLayout.getInt(bytes, starts[index] + EventLayout.TOPIC);
  }

  /** The topics of the batch's events, each once. */
  public List<Topic> topics() {
    return List.of(topics);
  }

  /** An event's {@code timestamp}: whole seconds since the epoch, rounded down. */
  public long timestampSecond(int index) {
    return EventLayout.getLong(bytes, starts[index] + EventLayout.SECONDS);
  }

  /** An event's {@code timestamp}: nanoseconds within the second. */
  public int timestampNano(int index) {
    return EventLayout.getInt(bytes, starts[index] + EventLayout.NANOS);
  }

  /**
   * Hashes each event's {@code (topic, id)}, unless that was done by this key already. One thread
   * at a time.
   */
  public void hash(IdentityKey key) {
    if (hashedBy == key) {
      return;
    }
    IdentityKey.State[] ofTopics = new IdentityKey.State[topics.length];
    Arrays.setAll(ofTopics, i -> key.of(topics[i]));
    IdentityKey.State hash = key.begin();
    for (int i = 0; i < eventCount; i++) {
      int id = starts[i] + EventLayout.HEADER;
      int length = EventLayout.getShort(bytes, starts[i] + EventLayout.ID_LENGTH);
      hash.finish(ofTopics[topicIndex(i)], bytes, id, id + length);
      keys[2 * i] = hash.high();
      keys[2 * i + 1] = hash.low();
    }
    hashedBy = key;
  }

  /** The upper half of an event's {@link #hash}. */
  public long keyHigh(int index) {
    return keys[2 * index];
  }

  /** The lower half of an event's {@link #hash}. */
  public long keyLow(int index) {
    return keys[2 * index + 1];
  }

  /** How many events of the same request were invalid. */
  public int rejected() {
    return rejected;
  }

  /** Bytes of the events as they were received, after decompression, the rejected ones included. */
  public long receivedBytes() {
    return receivedBytes;
  }

  /** When the events were received. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /**
   * Copies an event to its place in the log.
   *
   * @param offsetInSegment the event's offset relative to the base of the segment
   * @param topicNumber the number of its topic in the segment
   */
  public void copyTo(
      int index, byte[] target, int targetStart, int offsetInSegment, int topicNumber) {
    int start = starts[index];
    System.arraycopy(bytes, start, target, targetStart, starts[index + 1] - start);
    EventLayout.putInt(target, targetStart + EventLayout.OFFSET, offsetInSegment);
    EventLayout.putInt(target, targetStart + EventLayout.TOPIC, topicNumber);
  }

  /** Builds a batch, event by event; may be used again when that isn't needed. One thread only. */
  public static final class Builder {

    private static final int FIRST_CAPACITY = 1024;
    private static final int FIRST_EVENTS = 8;

    /** What knowing a topic takes, besides its name as text and as bytes. */
    private static final int BYTES_PER_TOPIC = 200;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private int[] starts = new int[FIRST_EVENTS + 1];
    private long[] keys = new long[2 * FIRST_EVENTS];
    private int count;
    private final List<Topic> topics = new ArrayList<>();
    private final Map<Topic, Integer> topicIndexes = new HashMap<>();
    private int lastTopic = -1;
    private int rejected;
    private long receivedBytes;
    private Instant receivedAt;
    private long topicBytes;
    private final UuidSequence uuids = new UuidSequence();

    /** Those events that say when they happened, so that it isn't when they were received. */
    private final BitSet timed = new BitSet();

    /**
     * @param receivedAt the {@code receivedAt} of the events that follow
     */
    public Builder(Instant receivedAt) {
      this.receivedAt = receivedAt;
    }

    /** Sets the {@code receivedAt} of the events that follow. */
    public void receivedAt(Instant now) {
      this.receivedAt = now;
    }

    /** Sets the {@code receivedAt} of all events, for a batch that has waited. */
    public void receivedAllAt(Instant now) {
      receivedAt = now;
      for (int i = 0; i < count; i++) {
        putReceivedAt(starts[i]);
        if (!timed.get(i)) {
          putTimestamp(now, starts[i]);
        }
      }
    }

    /** How many events were added since the last {@link #build}. */
    public int size() {
      return count;
    }

    /** Bytes taken by the events added since the last {@link #build}. */
    public int sizeBytes() {
      return length;
    }

    /** Memory that the builder holds, in bytes, whether it is used or not. */
    public long heldBytes() {
      return bytes.length + 4L * starts.length + 8L * keys.length + topicBytes;
    }

    /** Memory that the next event makes the builder hold besides, while it copies, in bytes. */
    public long growthFor(EventDraft event) {
      long growth = 0;
      int idBytes = event.id.isEmpty() ? UuidSequence.LENGTH : 0;
      long needed = (long) length + mostBytes(event) + idBytes;
      if (needed > bytes.length) {
        growth += Math.max(needed, bytes.length * 2L);
      }
      if (2 * count == keys.length) {
        growth += 4L * (count * 2L + 1) + 8L * (count * 4L);
      }
      return growth;
    }

    /** Lets go of half of the memory of an empty builder whose latest batches were small. */
    public void shrink() {
      bytes = new byte[Math.max(FIRST_CAPACITY, bytes.length / 2)];
      int most = Math.max(FIRST_EVENTS, keys.length / 4);
      starts = new int[most + 1];
      keys = new long[2 * most];
    }

    /** Whether {@link #build} would give a batch without any effect. */
    public boolean isEmpty() {
      return count == 0 && rejected == 0;
    }

    /** Counts an event that was received but is invalid. */
    public void reject(long bytesReceived) {
      rejected++;
      receivedBytes += bytesReceived;
    }

    /**
     * Adds an event.
     *
     * @param bytesReceived its size as it was received, for the statistics
     */
    public void add(EventDraft event, long bytesReceived) {
      Topic topic = event.topic;
      if (topic == null) {
        throw new InvalidEventException("topic", "must not be blank");
      }
      if (event.id.isEmpty()) {
        event.id.set(uuids.next(receivedAt));
      }
      int start = length;
      reserve(mostBytes(event));
      int at = start + EventLayout.HEADER;
      at = append(event.id, at);
      at = append(event.source, at);
      int attributesStart = at;
      at = append(event.attributes, at);
      int attributesLength = at - attributesStart;
      at = append(event.payload, at);
      length = at;
      writeHeader(event, start, attributesLength, topicIndex(topic));
      starts[count++] = start;
      receivedBytes += bytesReceived;
    }

    private static int mostBytes(EventDraft event) {
      return EventLayout.HEADER
          + event.id.length()
          + event.source.length()
          + event.attributes.length()
          + event.payload.length();
    }

    private void putReceivedAt(int start) {
      EventLayout.putLong(
          bytes,
          start + EventLayout.RECEIVED,
          receivedAt.getEpochSecond() * 1_000_000_000L + receivedAt.getNano());
    }

    private void putTimestamp(Instant time, int start) {
      EventLayout.putLong(bytes, start + EventLayout.SECONDS, time.getEpochSecond());
      EventLayout.putInt(bytes, start + EventLayout.NANOS, time.getNano());
    }

    private void writeHeader(EventDraft event, int start, int attributesLength, int topicIndex) {
      Instant time = event.timestamp;
      if (time == null) {
        time = receivedAt;
      } else {
        timed.set(count);
      }
      EventLayout.putInt(bytes, start + EventLayout.LENGTH, length - start);
      EventLayout.putInt(bytes, start + EventLayout.TOPIC, topicIndex);
      putTimestamp(time, start);
      putReceivedAt(start);
      int level = event.level == null ? 0 : event.level.ordinal() + 1;
      boolean escaped = event.payload.hasEscape() || event.attributes.hasEscape();
      bytes[start + EventLayout.LEVEL] = (byte) (escaped ? level | EventLayout.ESCAPED : level);
      EventLayout.putShort(bytes, start + EventLayout.ID_LENGTH, event.id.length());
      EventLayout.putShort(bytes, start + EventLayout.SOURCE_LENGTH, event.source.length());
      EventLayout.putInt(bytes, start + EventLayout.ATTRIBUTES_LENGTH, attributesLength);
    }

    private int append(EventDraft.Slice slice, int at) {
      if (slice.spaced) {
        return JsonText.compact(slice.bytes, slice.from, slice.to, bytes, at);
      }
      System.arraycopy(slice.bytes, slice.from, bytes, at, slice.length());
      return at + slice.length();
    }

    private int topicIndex(Topic topic) {
      if (lastTopic < 0 || !topics.get(lastTopic).equals(topic)) {
        Integer known = topicIndexes.get(topic);
        if (known == null) {
          known = topics.size();
          topicIndexes.put(topic, known);
          topics.add(topic);
          topicBytes += BYTES_PER_TOPIC + 2L * topic.name().length();
        }
        lastTopic = known;
      }
      return lastTopic;
    }

    private void reserve(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
      }
      if (2 * count == keys.length) {
        starts = Arrays.copyOf(starts, count * 2 + 1);
        keys = Arrays.copyOf(keys, count * 4);
      }
    }

    /**
     * The batch of everything added since the last call; the builder is empty again, and the batch
     * valid until the next event is added to it.
     */
    public EventBatch build() {
      EventBatch batch = new EventBatch(this);
      length = 0;
      count = 0;
      rejected = 0;
      receivedBytes = 0;
      topics.clear();
      topicIndexes.clear();
      topicBytes = 0;
      timed.clear();
      lastTopic = -1;
      return batch;
    }
  }
}
