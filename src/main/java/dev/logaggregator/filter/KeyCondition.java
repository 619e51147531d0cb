package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the events whose source, or whose id, is one of some. */
final class KeyCondition implements Condition {

  /** From so many on, a hash costs less than comparing with each. */
  private static final int MANY = 8;

  private final KeyField field;
  private final byte[][] keys;
  private final Set<ByteBuffer> keySet;
  private final long[] hashes;

  KeyCondition(KeyField field, Collection<String> values) {
    this.field = field;
    this.keys = values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.keySet = Arrays.stream(keys).map(ByteBuffer::wrap).collect(Collectors.toSet());
    this.hashes = values.stream().mapToLong(field::hash).toArray();
  }

  @Override
  public boolean matches(EventView event) {
    int start = field.start(event);
    int end = field.end(event);
    return start < end && isOneOf(event.bytes(), start, end);
  }

  private boolean isOneOf(byte[] bytes, int start, int end) {
    if (keys.length >= MANY) {
      return keySet.contains(ByteBuffer.wrap(bytes, start, end - start));
    }
    for (byte[] key : keys) {
      if (Arrays.equals(bytes, start, end, key, 0, key.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    for (long hash : hashes) {
      if (block.mayContainKey(hash)) {
        return Verdict.SOME;
      }
    }
    return Verdict.NONE;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    BitSet found = new BitSet();
    EventColumn column = field.column(rows);
    ColumnSearch.find(
        column, asked, found, (bytes, from, to) -> from < to && isOneOf(bytes, from, to));
    return RowSelection.exactly(found);
  }

  @Override
  public int cost() {
    return COST_OF_KEY;
  }
}
