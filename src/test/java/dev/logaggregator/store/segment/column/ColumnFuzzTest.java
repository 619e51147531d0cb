package dev.logaggregator.store.segment.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.store.segment.column.ColumnSamples.Sample;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged segments say that they are damaged, or what was damaged didn't matter: no wrong event, no
 * endless loop, no other exception. Where the checksums are right none the less, events may be
 * wrong, and the rest holds. Repeat a failure with {@code -Dcolumn.seed=…}.
 */
class ColumnFuzzTest {

  private final SegmentWriter writer = new SegmentWriter();
  private ColumnSamples samples = new ColumnSamples(List.of(Sample.of("1")));
  private byte[] header = {};
  private byte[] content = {};

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void damageIsRecognized() {
    fuzz(4_000);
  }

  @Test
  @Tag("long")
  void damageIsRecognizedForLong() {
    fuzz(1_000_000);
  }

  private void fuzz(int runs) {
    long firstSeed = Long.getLong("column.seed", System.nanoTime());
    Random random = new Random(firstSeed);
    for (int i = 0; i < runs; i++) {
      if (i % 100 == 0) {
        random = new Random(firstSeed + i);
        begin(random);
      }
      boolean inHeader = random.nextInt(3) == 0;
      byte[] damagedHeader = inHeader ? damaged(header, random) : header;
      byte[] damagedContent = inHeader ? content : damaged(content, random);
      boolean resealed = random.nextBoolean();
      if (resealed) {
        damagedHeader = resealed(damagedHeader, damagedContent);
      }
      String description = "seed " + (firstSeed + i / 100 * 100) + ", run " + i % 100;
      read(damagedHeader, damagedContent, !resealed, description);
    }
  }

  private void begin(Random random) {
    RandomJson json = new RandomJson(random);
    List<Sample> events = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      String payload =
          random.nextInt(5) == 0
              ? json.value(3)
              : json.filled("{\"order\":#,\"amount\":1#,\"customer\":$,\"id\":\"0011aabb%08x\"}")
                  .formatted(random.nextInt());
      events.add(
          new Sample(
              "t" + random.nextInt(3), "id-" + i, "s", null, null, json.attributes(), payload));
    }
    samples = new ColumnSamples(events);
    SegmentWriter.Written written = samples.write(writer);
    header = written.header().toByteArray();
    content = bytes(written);
  }

  private static byte[] bytes(SegmentWriter.Written written) {
    SegmentHeader header = written.header();
    ByteSink all = new ByteSink(1024);
    append(written.content().read(0, header.shapes().length()), all);
    for (GroupHeader group : header.groups()) {
      append(written.content().read(group.contentStart(), group.contentLength()), all);
    }
    return all.toByteArray();
  }

  private static void append(ByteBuffer bytes, ByteSink target) {
    target.put(bytes.array(), bytes.position(), bytes.limit());
  }

  private void read(byte[] head, byte[] body, boolean checked, String description) {
    try {
      SegmentContent source = new HeapContent(new byte[][] {body});
      SegmentReader reader =
          new SegmentReader(
              SegmentHeader.read(head),
              source,
              samples.topics(),
              ColumnSamples.BASE,
              ColumnSamples::summary);
      List<String> events = ColumnSamples.events(reader);
      readColumns(reader);
      if (checked) {
        assertThat(events).as(description).isEqualTo(samples.events());
      }
    } catch (DamagedSegmentException expected) {
      assertThat(expected).hasMessageContaining("damaged");
    } catch (RuntimeException | Error e) {
      throw new AssertionError(description, e);
    }
  }

  private static void readColumns(SegmentReader reader) {
    for (int i = 0; i < reader.groups(); i++) {
      RowGroup group = reader.group(i);
      List<EventColumn> columns = new ArrayList<>(group.columns(false));
      columns.addAll(group.columns(false, "order"));
      columns.addAll(group.columns(true, "a"));
      columns.addAll(List.of(group.ids(), group.sources(), group.frames()));
      for (EventColumn column : columns) {
        for (int value = 0; value < column.size(); value++) {
          int code = column.code(value);
          assertThat(column.row(value)).isBetween(0, group.size() - 1);
          assertThat(column.bytes().length).isGreaterThanOrEqualTo(column.end(code));
          assertThat(column.end(code)).isGreaterThanOrEqualTo(column.start(code));
        }
      }
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes =
        random.nextInt(8) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        default ->
            Arrays.fill(bytes, at, Math.min(bytes.length, at + 8), (byte) -random.nextInt(2));
      }
    }
    return bytes;
  }

  /** The header with right checksums, for itself and for the content. */
  private static byte[] resealed(byte[] head, byte[] body) {
    byte[] repaired = head.clone();
    if (repaired.length >= Long.BYTES) {
      ByteSink sum = new ByteSink(Long.BYTES);
      int end = repaired.length - Long.BYTES;
      CRC32C crc = new CRC32C();
      crc.update(repaired, 0, end);
      sum.putLong((int) crc.getValue());
      System.arraycopy(sum.bytes(), 0, repaired, end, Long.BYTES);
    }
    SegmentHeader read;
    try {
      read = SegmentHeader.read(repaired);
    } catch (DamagedSegmentException e) {
      return repaired;
    }
    List<GroupHeader> groups = new ArrayList<>();
    for (GroupHeader group : read.groups()) {
      Piece[] pieces = group.pieces().clone();
      for (int i = 0; i < pieces.length; i++) {
        pieces[i] = resealed(pieces[i], group.contentStart(), body);
      }
      groups.add(
          new GroupHeader(
              group.rows(),
              group.rawBytes(),
              group.firstOffset(),
              group.lastOffset(),
              group.minSecond(),
              group.maxSecond(),
              group.levels(),
              group.firstTopic(),
              group.topicCount(),
              group.contentStart(),
              pieces));
    }
    return new SegmentHeader(
            read.topicCount(),
            read.columns(),
            resealed(read.shapes(), 0, body),
            read.shapeBytes(),
            groups)
        .toByteArray();
  }

  private static Piece resealed(Piece piece, long start, byte[] body) {
    long from = start + piece.start();
    if (from + piece.length() > body.length) {
      return piece;
    }
    return new Piece(
        piece.column(),
        piece.start(),
        piece.length(),
        piece.count(),
        Piece.checksum(body, (int) from, (int) from + piece.length()),
        piece.range(),
        piece.strings());
  }
}
