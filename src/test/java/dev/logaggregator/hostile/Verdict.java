package dev.logaggregator.hostile;

import java.util.List;

/**
 * What came of a case.
 *
 * @param heapBefore megabytes that are alive in the heap, beside retained events
 * @param heapAfter the same when the attackers have gone
 * @param peak megabytes that the process had at most, native memory included
 * @param refused how often the honest publisher had to come again
 * @param answers what the attackers were answered
 * @param faults what didn't hold, in words
 */
record Verdict(
    String name,
    Times publishes,
    Times liveness,
    Times reads,
    double heapBefore,
    double heapAfter,
    double peak,
    int refused,
    String answers,
    List<String> faults) {

  static final String HEAD =
      """
      | case | publish p50 | p99 | max, ms | refused | liveness max, ms | page max, ms | heap before | after, MB | peak, MB | answers to attackers | held |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|
      """;

  /** A line of a Markdown table. */
  String line() {
    return "| %s | %.1f | %.0f | %.0f | %d | %.0f | %s | %.0f | %.0f | %.0f | %s | %s |%n"
        .formatted(
            name,
            publishes.millis(0.5),
            publishes.millis(0.99),
            publishes.millis(1),
            refused,
            liveness.millis(1),
            reads.count() == 0 ? "" : "%.0f".formatted(reads.millis(1)),
            heapBefore,
            heapAfter,
            peak,
            answers,
            faults.isEmpty() ? "yes" : "**no**: " + String.join("; ", faults));
  }
}
