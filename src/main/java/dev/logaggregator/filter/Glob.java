package dev.logaggregator.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A text with wildcards, each of which stands for anything; case matters. */
final class Glob implements TextTest {

  private final byte[] start;
  private final Needle[] middle;
  private final byte[] end;

  /**
   * @param pieces what is between the wildcards, two at least; the first and the last may be empty
   */
  Glob(List<String> pieces) {
    this.start = pieces.getFirst().getBytes(StandardCharsets.UTF_8);
    this.middle =
        pieces.subList(1, pieces.size() - 1).stream().map(Needle::exactly).toArray(Needle[]::new);
    this.end = pieces.getLast().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean test(byte[] text, int from, int to) {
    int rest = to - end.length;
    if (from + start.length > rest
        || !Arrays.equals(text, from, from + start.length, start, 0, start.length)
        || !Arrays.equals(text, rest, to, end, 0, end.length)) {
      return false;
    }
    int at = from + start.length;
    for (Needle piece : middle) {
      at = piece.endOf(text, at, rest);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }
}
