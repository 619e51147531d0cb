package benchmarks.peer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pauses of a JVM's garbage collector.
 *
 * @param pausesMillis in the order in which they were
 */
public record GcLog(List<Double> pausesMillis) {

  private static final Pattern PAUSE =
      Pattern.compile("\\[gc\\s*\\].*GC\\(\\d+\\) Pause .* ([0-9.]+)ms");

  static GcLog parse(String log) {
    Matcher pause = PAUSE.matcher(log);
    return new GcLog(pause.results().map(one -> Double.parseDouble(one.group(1))).toList());
  }

  /** What came after the first so many pauses. */
  public GcLog after(int pauses) {
    return new GcLog(pausesMillis.subList(pauses, pausesMillis.size()));
  }
}
