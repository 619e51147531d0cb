package dev.logaggregator.store.segment.column;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a column's values of one row group lie in the content.
 *
 * @param column which column
 * @param start where it begins, in bytes from the beginning of the row group
 * @param count how many values
 * @param checksum CRC-32C
 * @param range of the numbers; null if some aren't numbers of a usual spelling
 * @param strings which strings there are; null if that isn't known without reading them
 */
public record Piece(
    int column,
    int start,
    int length,
    int count,
    int checksum,
    @Nullable NumberRange range,
    @Nullable ValueFilter strings) {

  long sizeBytes() {
    return 48L
        + (range == null ? 0 : 40)
        + (strings == null ? 0 : 32 + 8L * strings.words().length);
  }

  static int checksum(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  void write(ByteSink out) {
    out.putVarint(column);
    out.putVarint(length);
    out.putVarint(count);
    out.putVarint(checksum & 0xFFFFFFFFL);
    if (range == null) {
      out.putVarint(0);
    } else {
      range.write(out);
    }
    out.putVarint(strings == null ? 0 : strings.words().length);
    if (strings != null) {
      strings.write(out);
    }
  }

  static Piece read(ByteSource in, int columns, int rows, int start) {
    int column = in.getCount(columns - 1);
    int length = in.getCount(Integer.MAX_VALUE - start);
    int count = in.getCount(rows);
    int checksum = (int) in.getVarint();
    int scale = in.getCount(SpelledNumber.MOST_DIGITS + 1) - 1;
    NumberRange range = scale < 0 ? null : new NumberRange(in.getSigned(), in.getSigned(), scale);
    int words = in.getCount(in.remaining() / Long.BYTES);
    ValueFilter strings = words == 0 ? null : ValueFilter.read(in, words);
    return new Piece(column, start, length, count, checksum, range, strings);
  }

  /** Opens it for reading, once its checksum is right. */
  ByteSource open(SegmentContent content, long groupStart, int mostUnpacked) {
    ByteBuffer bytes = content.read(groupStart + start, length);
    int from = bytes.arrayOffset() + bytes.position();
    if (bytes.remaining() != length || checksum(bytes.array(), from, from + length) != checksum) {
      throw new DamagedSegmentException("a piece is not what was written");
    }
    return new ByteSource(bytes.array(), from, from + length, mostUnpacked);
  }
}
