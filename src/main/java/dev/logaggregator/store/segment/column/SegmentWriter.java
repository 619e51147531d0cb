package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns events into a segment in columns. Not for more than one thread; used again and again. */
public final class SegmentWriter implements AutoCloseable {

  /** A segment as it was written. */
  public record Written(SegmentHeader header, SegmentContent content) {}

  /** Few enough to be read for one event, many enough for columns to compress. */
  private static final int GROUP_ROWS = 2048;

  private static final int GROUP_BYTES = 1 << 20;

  /** A topic with so many events doesn't share a row group that has as many already. */
  private static final int OWN_GROUP_ROWS = GROUP_ROWS / 4;

  private final Compression compression = new Compression();
  private final ShapeFinder attributes = new ShapeFinder(true);
  private final ShapeFinder payloads = new ShapeFinder(false);
  private final GroupWriter groupWriter = new GroupWriter(compression, attributes, payloads);

  /**
   * Writes a segment.
   *
   * @param view attached to the events
   * @param positions where they are, in offset order
   * @param byTopic indexes of positions, topic by topic
   * @param topicEnds for each topic, where in that order its last event is followed by the next
   *     topic's; none is empty
   */
  public Written write(EventView view, int[] positions, int[] byTopic, int[] topicEnds) {
    attributes.begin();
    payloads.begin();
    for (int position : positions) {
      view.moveTo(position);
      attributes.add(view.bytes(), view.attributesStart(), view.attributesEnd());
      payloads.add(view.bytes(), view.payloadStart(), view.payloadEnd());
    }
    Map<ColumnKey, Integer> columns = new LinkedHashMap<>();
    ShapeTable shapes = new ShapeTable(attributes.choose(columns), payloads.choose(columns));
    ByteSink shapeBytes = new ByteSink(1024);
    int unpackedShapes = shapes.write(compression, shapeBytes);
    Piece shapePiece =
        new Piece(
            0,
            0,
            shapeBytes.size(),
            0,
            Piece.checksum(shapeBytes.bytes(), 0, shapeBytes.size()),
            null,
            null);
    List<byte[]> parts = new ArrayList<>();
    List<GroupHeader> groups = new ArrayList<>();
    parts.add(shapeBytes.toByteArray());
    groupWriter.begin(shapes, List.copyOf(columns.keySet()));
    long contentStart = shapeBytes.size();
    int topic = 0;
    for (int from = 0, to; from < byTopic.length; from = to) {
      while (topicEnds[topic] <= from) {
        topic++;
      }
      to = groupEnd(view, positions, byTopic, topicEnds, from, topic);
      GroupHeader group =
          groupWriter.write(
              view, positions, order(byTopic, from, to), topicEnds, topic, contentStart);
      parts.add(groupWriter.content());
      contentStart += group.contentLength();
      groups.add(group);
    }
    SegmentHeader header =
        new SegmentHeader(
            topicEnds.length, List.copyOf(columns.keySet()), shapePiece, unpackedShapes, groups);
    return new Written(header, new HeapContent(parts.toArray(byte[][]::new)));
  }

  private static int groupEnd(
      EventView view, int[] positions, int[] byTopic, int[] topicEnds, int from, int firstTopic) {
    int topic = firstTopic;
    int bytes = 0;
    int to = from;
    while (to < byTopic.length && to - from < GROUP_ROWS) {
      if (to == topicEnds[topic]) {
        topic++;
        boolean deservesOwn = topicEnds[topic] - to >= OWN_GROUP_ROWS;
        if (deservesOwn && to - from >= OWN_GROUP_ROWS) {
          break;
        }
      }
      view.moveTo(positions[byTopic[to]]);
      if (bytes > 0 && bytes + (long) view.length() > GROUP_BYTES) {
        break;
      }
      bytes += view.length();
      to++;
    }
    return to;
  }

  @Override
  public void close() {
    compression.close();
  }

  /** Rows in the order in which they are written, by offset: index above, place by topic below. */
  private static long[] order(int[] byTopic, int from, int to) {
    long[] order = new long[to - from];
    for (int i = from; i < to; i++) {
      order[i - from] = (long) byTopic[i] << 32 | i;
    }
    Arrays.sort(order);
    return order;
  }
}
