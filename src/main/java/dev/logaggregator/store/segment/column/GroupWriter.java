package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one row group after the other. */
final class GroupWriter {

  private static final long NANOS = 1_000_000_000L;

  private final ShapeFinder attributeFinder;
  private final ShapeFinder payloadFinder;
  private final LongCodec longs;
  private final TextCodec texts;
  private final NumberCodec numbers;
  private final TimeCodec times;

  private List<Shape> attributeShapes = List.of();
  private List<Shape> payloadShapes = List.of();
  private List<ColumnKey> keys = List.of();
  private Tokens[] values = {};

  private final Tokens ids = new Tokens();
  private final Tokens sources = new Tokens();
  private long[] offsets = {};
  private long[] topics = {};
  private long[] levels = {};
  private long[] seconds = {};
  private long[] nanos = {};
  private long[] receivedSeconds = {};
  private long[] receivedNanos = {};
  private long[] attributes = {};
  private long[] payloads = {};
  private final ByteSink content = new ByteSink(128 * 1024);
  private final List<Piece> pieces = new ArrayList<>();

  GroupWriter(Compression compression, ShapeFinder attributeFinder, ShapeFinder payloadFinder) {
    this.attributeFinder = attributeFinder;
    this.payloadFinder = payloadFinder;
    longs = new LongCodec(compression);
    texts = new TextCodec(longs, compression);
    numbers = new NumberCodec(longs, texts);
    times = new TimeCodec(longs);
  }

  /** Begins a segment. */
  void begin(ShapeTable shapes, List<ColumnKey> columns) {
    attributeShapes = shapes.attributes();
    payloadShapes = shapes.payloads();
    keys = columns;
    int known = values.length;
    if (known < columns.size()) {
      values = Arrays.copyOf(values, columns.size());
      for (int i = known; i < values.length; i++) {
        values[i] = new Tokens();
      }
    }
  }

  /**
   * Writes some events.
   *
   * @param order for each, its index above and its place in the order by topic below
   */
  GroupHeader write(
      EventView view,
      int[] positions,
      long[] order,
      int[] topicEnds,
      int firstTopic,
      long contentStart) {
    int rows = order.length;
    begin(rows);
    int rawBytes = 0;
    int levelBits = 0;
    long minSecond = Long.MAX_VALUE;
    long maxSecond = Long.MIN_VALUE;
    int lastTopic = firstTopic;
    for (int row = 0; row < rows; row++) {
      int document = (int) (order[row] >>> 32);
      view.moveTo(positions[document]);
      takeEnvelope(view, row);
      int topic = topic(topicEnds, (int) order[row]);
      topics[row] = topic - firstTopic;
      lastTopic = Math.max(lastTopic, topic);
      attributes[row] = takeValues(view, document, attributeFinder, attributeShapes);
      payloads[row] = takeValues(view, document, payloadFinder, payloadShapes);
      rawBytes += view.length();
      levelBits |= 1 << view.levelCode();
      minSecond = Math.min(minSecond, seconds[row]);
      maxSecond = Math.max(maxSecond, seconds[row]);
    }
    writePieces(rows);
    return new GroupHeader(
        rows,
        rawBytes,
        (int) offsets[0],
        (int) offsets[rows - 1],
        minSecond,
        maxSecond,
        levelBits,
        firstTopic,
        lastTopic - firstTopic + 1,
        contentStart,
        pieces.toArray(Piece[]::new));
  }

  /** The pieces of the last group. */
  byte[] content() {
    return content.toByteArray();
  }

  private void begin(int rows) {
    content.clear();
    pieces.clear();
    if (offsets.length < rows) {
      offsets = new long[rows];
      topics = new long[rows];
      levels = new long[rows];
      seconds = new long[rows];
      nanos = new long[rows];
      receivedSeconds = new long[rows];
      receivedNanos = new long[rows];
      attributes = new long[rows];
      payloads = new long[rows];
    }
    ids.begin(false);
    sources.begin(false);
    for (int i = 0; i < keys.size(); i++) {
      values[i].begin(keys.get(i).kind() == ColumnKey.Kind.TEXT);
    }
  }

  private void takeEnvelope(EventView view, int row) {
    offsets[row] = view.offsetInSegment();
    levels[row] = view.levelCode() << 1 | (view.hasEscape() ? 1 : 0);
    seconds[row] = view.timestampSecond();
    nanos[row] = view.timestampNano();
    receivedSeconds[row] = Math.floorDiv(view.receivedNanos(), NANOS);
    receivedNanos[row] = Math.floorMod(view.receivedNanos(), NANOS);
    ids.add(view.bytes(), view.idStart(), view.idEnd());
    sources.add(view.bytes(), view.sourceStart(), view.sourceEnd());
  }

  private static int topic(int[] topicEnds, int place) {
    int found = Arrays.binarySearch(topicEnds, place);
    return found < 0 ? -found - 1 : found + 1;
  }

  private int takeValues(EventView view, int document, ShapeFinder finder, List<Shape> shapes) {
    int number = finder.shape(document);
    if (number == ShapeFinder.WHOLE) {
      boolean attribute = finder == attributeFinder;
      int from = attribute ? view.attributesStart() : view.payloadStart();
      int to = attribute ? view.attributesEnd() : view.payloadEnd();
      values[shapes.get(number).columns()[0]].add(view.bytes(), from, to);
      return number;
    }
    int[] columns = shapes.get(number).columns();
    int[] bounds = finder.bounds();
    int bound = finder.firstBound(document);
    for (int column : columns) {
      values[column].add(view.bytes(), bounds[bound], bounds[bound + 1]);
      bound += 2;
    }
    return number;
  }

  private void writePieces(int rows) {
    writeLongs(SegmentHeader.OFFSET, offsets, rows);
    writeLongs(SegmentHeader.TOPIC, topics, rows);
    writeLongs(SegmentHeader.LEVEL, levels, rows);
    writeTimes(SegmentHeader.TIMESTAMP, seconds, nanos, rows);
    writeTimes(SegmentHeader.RECEIVED, receivedSeconds, receivedNanos, rows);
    writeTexts(SegmentHeader.ID, ids);
    writeTexts(SegmentHeader.SOURCE, sources);
    writeLongs(SegmentHeader.ATTRIBUTES, attributes, rows);
    writeLongs(SegmentHeader.PAYLOAD, payloads, rows);
    for (int i = 0; i < keys.size(); i++) {
      Tokens tokens = values[i];
      if (tokens.count() == 0) {
        continue;
      }
      tokens.end();
      int start = content.size();
      NumberRange range = null;
      ValueFilter strings = null;
      ColumnKey.Kind kind = keys.get(i).kind();
      if (kind == ColumnKey.Kind.NUMBER) {
        range = numbers.write(tokens, content);
      } else if (!texts.write(tokens, content) && kind == ColumnKey.Kind.TEXT) {
        strings = filter(tokens);
      }
      add(SegmentHeader.ENVELOPE_COLUMNS + i, start, tokens.count(), range, strings);
    }
  }

  private static ValueFilter filter(Tokens tokens) {
    ValueFilter filter = ValueFilter.forValues(tokens.count());
    byte[] bytes = tokens.bytes();
    for (int i = 0; i < tokens.count(); i++) {
      int from = tokens.start(i) + 1;
      int to = tokens.end(i) - 1;
      if (JsonText.hasEscape(bytes, from, to)) {
        filter.add(BlockFilter.valueHash(JsonText.unescape(bytes, from, to)));
      } else {
        filter.add(BlockFilter.valueHash(bytes, from, to));
      }
    }
    return filter;
  }

  private void writeLongs(int column, long[] numbersOfRows, int rows) {
    int start = content.size();
    longs.write(numbersOfRows, rows, content);
    add(column, start, rows, null, null);
  }

  private void writeTimes(int column, long[] secondsOfRows, long[] nanosOfRows, int rows) {
    int start = content.size();
    times.write(secondsOfRows, nanosOfRows, rows, content);
    add(column, start, rows, null, null);
  }

  private void writeTexts(int column, Tokens tokens) {
    int start = content.size();
    tokens.end();
    texts.write(tokens, content);
    add(column, start, tokens.count(), null, null);
  }

  private void add(
      int column,
      int start,
      int count,
      @Nullable NumberRange range,
      @Nullable ValueFilter strings) {
    int end = content.size();
    pieces.add(
        new Piece(
            column,
            start,
            end - start,
            count,
            Piece.checksum(content.bytes(), start, end),
            range,
            strings));
  }
}
