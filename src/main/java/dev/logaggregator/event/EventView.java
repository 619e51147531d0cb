package dev.logaggregator.event;

import dev.logaggregator.json.JsonScanner;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event where it lies: a window that is moved over the bytes of a block, so that going through a
 * million events makes no million objects. Positions ({@code …Start}, {@code …End}) are into {@link
 * #bytes()}. Not for more than one thread.
 */
public final class EventView {

  private static final byte[] NOTHING = {};

  /**
   * Where events lie in several chunks, so many lower bits of a position are the place within a
   * chunk, and those above are the chunk's index.
   */
  public static final int CHUNK_BITS = 20;

  private TopicLookup topics;
  private byte[][] chunks = {NOTHING};
  private int chunkBits = Integer.SIZE - 1;
  private byte[] bytes = NOTHING;
  private long baseOffset;
  private int at;

  /** A view that must be turned to events with their topics before anything else. */
  public EventView() {
    this(EventView::unknown);
  }

  /**
   * @param topics resolves the topic numbers of the blocks that will be looked at
   */
  public EventView(TopicLookup topics) {
    this.topics = topics;
  }

  private static Topic unknown(int number) {
    throw new IllegalStateException("no topics to look up number " + number);
  }

  /** Turns to another block with the same topics; {@link #moveTo} must follow. */
  public void attach(byte[] block, long blockBaseOffset) {
    attach(new byte[][] {block}, Integer.SIZE - 1, blockBaseOffset);
  }

  /**
   * Turns to events that lie in several chunks, each event in one; {@link #moveTo} must follow.
   * Where more than one event starts in a chunk, they start within its first {@code 1 <<
   * CHUNK_BITS} bytes.
   *
   * @param chunksTopics resolves their topic numbers
   */
  public void attach(byte[][] eventChunks, long chunksBaseOffset, TopicLookup chunksTopics) {
    topics = chunksTopics;
    attach(eventChunks, CHUNK_BITS, chunksBaseOffset);
  }

  private void attach(byte[][] eventChunks, int bits, long chunksBaseOffset) {
    chunks = eventChunks;
    chunkBits = bits;
    bytes = eventChunks.length == 0 ? NOTHING : eventChunks[0];
    baseOffset = chunksBaseOffset;
    at = 0;
  }

  /** Moves to the event that starts there. */
  public void moveTo(int position) {
    bytes = chunks[position >>> chunkBits];
    at = position & (1 << chunkBits) - 1;
  }

  /**
   * Moves to the event that starts there, in a block that may be damaged.
   *
   * @param limit where the bytes end that hold events
   * @throws IllegalStateException when it isn't an event that lies before the limit
   */
  public void moveTo(int position, int limit) {
    at = position;
    long room = (long) limit - position;
    boolean whole =
        room >= EventLayout.HEADER && length() >= EventLayout.HEADER && length() <= room;
    int attributes = whole ? attributesEnd() - attributesStart() : -1;
    if (attributes < 0 || attributes > length() - (attributesStart() - at)) {
      throw new IllegalStateException("damaged bytes: no event starts at " + position);
    }
  }

  /** The bytes that hold the event, and others around it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the event starts. */
  public int start() {
    return at;
  }

  /** Where the event ends, and the next one starts. */
  public int end() {
    return at + length();
  }

  /** Size of the whole event in memory, in bytes. */
  public int length() {
    return EventLayout.getInt(bytes, at + EventLayout.LENGTH);
  }

  /** The event's place in the log. */
  public long offset() {
    return baseOffset + EventLayout.getInt(bytes, at + EventLayout.OFFSET);
  }

  /** The event's place in its segment: the offset relative to the segment's base. */
  public int offsetInSegment() {
    return EventLayout.getInt(bytes, at + EventLayout.OFFSET);
  }

  /** The number of the topic, which means something among the events around this one only. */
  public int topicNumber() {
    return EventLayout.getInt(bytes, at + EventLayout.TOPIC);
  }

  /** The topic. */
  public Topic topic() {
    return topics.topic(topicNumber());
  }

  /** Whether the topic has dropped the event, which only lies here still. */
  public boolean isGone() {
    return offset() < topics.floor(topicNumber());
  }

  /** Copies the event, with another number for its topic. */
  public void copyTo(byte[] target, int targetStart, int topicNumber) {
    System.arraycopy(bytes, at, target, targetStart, length());
    EventLayout.putInt(target, targetStart + EventLayout.TOPIC, topicNumber);
  }

  /** {@code timestamp}: whole seconds since the epoch, rounded down. */
  public long timestampSecond() {
    return EventLayout.getLong(bytes, at + EventLayout.SECONDS);
  }

  /** {@code timestamp}: nanoseconds within the second. */
  public int timestampNano() {
    return EventLayout.getInt(bytes, at + EventLayout.NANOS);
  }

  /** {@code receivedAt}: nanoseconds since the epoch. */
  public long receivedNanos() {
    return EventLayout.getLong(bytes, at + EventLayout.RECEIVED);
  }

  /** {@code Level.ordinal() + 1}; 0 if the event has no level. */
  public int levelCode() {
    return bytes[at + EventLayout.LEVEL] & EventLayout.LEVEL_BITS;
  }

  /** Whether the JSON of the attributes or of the payload has an escape. */
  public boolean hasEscape() {
    return (bytes[at + EventLayout.LEVEL] & EventLayout.ESCAPED) != 0;
  }

  /** The level; null if the event has none. */
  public @Nullable Level level() {
    int code = levelCode();
    return code == 0 ? null : Level.of(code - 1);
  }

  public int idStart() {
    return at + EventLayout.HEADER;
  }

  public int idEnd() {
    return idStart() + EventLayout.getShort(bytes, at + EventLayout.ID_LENGTH);
  }

  public int sourceStart() {
    return idEnd();
  }

  /** Equal to {@link #sourceStart()} if the event has no source. */
  public int sourceEnd() {
    return sourceStart() + EventLayout.getShort(bytes, at + EventLayout.SOURCE_LENGTH);
  }

  public int attributesStart() {
    return sourceEnd();
  }

  /** Equal to {@link #attributesStart()} if the event has no attributes; else a JSON object. */
  public int attributesEnd() {
    return attributesStart() + EventLayout.getInt(bytes, at + EventLayout.ATTRIBUTES_LENGTH);
  }

  public int payloadStart() {
    return attributesEnd();
  }

  public int payloadEnd() {
    return end();
  }

  /** Whether the id is exactly these UTF-8 bytes. */
  public boolean idEquals(byte[] utf8) {
    return Arrays.equals(bytes, idStart(), idEnd(), utf8, 0, utf8.length);
  }

  /** Whether the source is exactly these UTF-8 bytes. */
  public boolean sourceEquals(byte[] utf8) {
    return Arrays.equals(bytes, sourceStart(), sourceEnd(), utf8, 0, utf8.length);
  }

  public String id() {
    return text(idStart(), idEnd());
  }

  /** The source; null if the event has none. */
  public @Nullable String source() {
    return sourceStart() == sourceEnd() ? null : text(sourceStart(), sourceEnd());
  }

  /** The payload's JSON. */
  public String payload() {
    return text(payloadStart(), payloadEnd());
  }

  public Instant timestamp() {
    return Instant.ofEpochSecond(timestampSecond(), timestampNano());
  }

  public Instant receivedAt() {
    return Instant.ofEpochSecond(0, receivedNanos());
  }

  /** Attributes in the order in which they were written; empty if there are none. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (attributesStart() < attributesEnd()) {
      new JsonScanner(1)
          .scanObject(
              bytes,
              attributesStart(),
              attributesEnd(),
              (keyStart, keyEnd, valueStart, valueEnd) ->
                  attributes.put(
                      JsonText.unescape(bytes, keyStart + 1, keyEnd - 1),
                      JsonText.unescape(bytes, valueStart + 1, valueEnd - 1)));
    }
    return attributes;
  }

  /** A copy that outlives this view. */
  public Event toEvent() {
    return new Event(
        offset(),
        topic(),
        id(),
        source(),
        level(),
        timestamp(),
        receivedAt(),
        attributes(),
        payload());
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
