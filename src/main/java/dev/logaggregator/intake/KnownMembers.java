package dev.logaggregator.intake;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Level;
import dev.logaggregator.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time and the level that a payload states by the names that loggers use, while the
 * payload is checked. Where several are well formed, the first in the order of the contract counts.
 */
final class KnownMembers implements JsonScanner.MemberVisitor {

  private static final byte[][] TIMES = names("timestamp", "@timestamp", "time", "ts");
  private static final byte[][] LEVELS = names("level", "severity", "log.level");
  private static final int NESTED_LEVEL = 2;
  private static final byte[] LOG = "log".getBytes(StandardCharsets.US_ASCII);

  private final JsonScanner scanner;
  private final NestedLevel nestedLevel = new NestedLevel();
  private byte[] json = {};
  private int timeRank;
  private int levelRank;
  private @Nullable Instant time;
  private @Nullable Level level;

  /**
   * @param maxDepth how deep the payload may nest
   */
  KnownMembers(int maxDepth) {
    scanner = new JsonScanner(maxDepth);
  }

  private static byte[][] names(String... names) {
    return Arrays.stream(names)
        .map(name -> name.getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }

  /**
   * Checks a payload that is to be an object, and copies what it states to the draft.
   *
   * @return whether there is white space between its tokens
   */
  boolean scan(byte[] bytes, int from, int to, EventDraft draft) {
    json = bytes;
    time = null;
    level = null;
    timeRank = TIMES.length;
    levelRank = LEVELS.length;
    scanner.scanObject(bytes, from, to, this);
    draft.timestamp = time;
    draft.level = level;
    return scanner.valueIsSpaced();
  }

  @Override
  public void member(int keyStart, int keyEnd, int valueStart, int valueEnd) {
    int from = keyStart + 1;
    int to = keyEnd - 1;
    if (to - from < 2 || to - from > 10) {
      return;
    }
    int rank = rank(TIMES, timeRank, from, to);
    if (rank < timeRank) {
      Instant stated = WrittenValue.timestamp(json, valueStart, valueEnd);
      if (stated != null) {
        time = stated;
        timeRank = rank;
      }
      return;
    }
    rank = rank(LEVELS, levelRank, from, to);
    if (rank < levelRank) {
      setLevel(rank, WrittenValue.level(json, valueStart, valueEnd));
    } else if (levelRank > NESTED_LEVEL
        && json[valueStart] == '{'
        && Arrays.equals(json, from, to, LOG, 0, LOG.length)) {
      nestedLevel.scan(valueStart, valueEnd);
    }
  }

  private void setLevel(int rank, @Nullable Level stated) {
    if (stated != null) {
      level = stated;
      levelRank = rank;
    }
  }

  /** Rank of a key among those that would be better than what was found already. */
  private int rank(byte[][] names, int betterThan, int from, int to) {
    for (int rank = 0; rank < betterThan; rank++) {
      byte[] name = names[rank];
      if (name.length == to - from && Arrays.equals(json, from, to, name, 0, name.length)) {
        return rank;
      }
    }
    return betterThan;
  }

  /** {@code {"log": {"level": …}}}, which is how ECS nests {@code log.level}. */
  private final class NestedLevel implements JsonScanner.MemberVisitor {

    /** What it scans was scanned before, with the limit that applies. */
    private final JsonScanner nestedScanner = new JsonScanner(Integer.MAX_VALUE);

    void scan(int from, int to) {
      nestedScanner.scanObject(json, from, to, this);
    }

    @Override
    public void member(int keyStart, int keyEnd, int valueStart, int valueEnd) {
      byte[] name = LEVELS[0];
      if (levelRank > NESTED_LEVEL
          && Arrays.equals(json, keyStart + 1, keyEnd - 1, name, 0, name.length)) {
        setLevel(NESTED_LEVEL, WrittenValue.level(json, valueStart, valueEnd));
      }
    }
  }
}
