package dev.logaggregator.event;

/**
 * What an event has at fixed places, for putting one together again from its parts.
 *
 * @param offsetInSegment the offset, relative to the base of the segment
 * @param topicNumber the number of the topic in this segment
 * @param second {@code timestamp}: whole seconds since the epoch, rounded down
 * @param nano {@code timestamp}: nanoseconds within the second
 * @param receivedNanos {@code receivedAt}: nanoseconds since the epoch
 * @param levelCode {@code Level.ordinal() + 1}; 0 if the event has no level
 * @param escaped whether the JSON of the attributes or of the payload has an escape
 */
public record EventHead(
    int offsetInSegment,
    int topicNumber,
    long second,
    int nano,
    long receivedNanos,
    int levelCode,
    boolean escaped) {

  /** How many bytes come before the id; the source, the attributes and the payload follow it. */
  public static final int BYTES = EventLayout.HEADER;

  /**
   * Writes them to where the event begins.
   *
   * @param length of the whole event
   */
  public void write(
      byte[] target, int at, int length, int idLength, int sourceLength, int attributesLength) {
    EventLayout.putInt(target, at + EventLayout.LENGTH, length);
    EventLayout.putInt(target, at + EventLayout.OFFSET, offsetInSegment);
    EventLayout.putInt(target, at + EventLayout.TOPIC, topicNumber);
    EventLayout.putLong(target, at + EventLayout.SECONDS, second);
    EventLayout.putInt(target, at + EventLayout.NANOS, nano);
    EventLayout.putLong(target, at + EventLayout.RECEIVED, receivedNanos);
    target[at + EventLayout.LEVEL] = (byte) (escaped ? levelCode | EventLayout.ESCAPED : levelCode);
    EventLayout.putShort(target, at + EventLayout.ID_LENGTH, idLength);
    EventLayout.putShort(target, at + EventLayout.SOURCE_LENGTH, sourceLength);
    EventLayout.putInt(target, at + EventLayout.ATTRIBUTES_LENGTH, attributesLength);
  }
}
