package dev.logaggregator.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long the tasks of a page's main thread take: while one runs, the page answers to nothing.
 * Counted is the time that the thread ran, so that a busy machine isn't taken for a slow page.
 */
final class MainThread {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MainThread() {}

  /** Milliseconds that the longest task took while something was done, and how many there were. */
  record Tasks(double longestMillis, long count, double totalMillis) {}

  static Tasks during(Page page, Runnable action) {
    Browser browser = Chromium.get();
    browser.startTracing(
        page,
        new Browser.StartTracingOptions()
            .setCategories(List.of("toplevel", "devtools.timeline", "blink.user_timing")));
    JsonNode events;
    try {
      action.run();
    } finally {
      events = JSON.readTree(browser.stopTracing()).get("traceEvents");
    }
    Set<String> renderers = new HashSet<>();
    for (JsonNode event : events) {
      if (event.path("name").asString().equals("thread_name")
          && event.at("/args/name").asString().equals("CrRendererMain")) {
        renderers.add(thread(event));
      }
    }
    Predicate<JsonNode> isTask =
        event ->
            event.path("ph").asString().equals("X")
                && event.path("name").asString().endsWith("RunTask")
                && event.has("tdur")
                && renderers.contains(thread(event));
    List<Double> millis =
        StreamSupport.stream(events.spliterator(), false)
            .filter(isTask)
            .map(event -> event.get("tdur").asDouble() / 1000)
            .toList();
    return new Tasks(
        millis.stream().mapToDouble(d -> d).max().orElse(0),
        millis.size(),
        millis.stream().mapToDouble(d -> d).sum());
  }

  private static String thread(JsonNode event) {
    return event.get("pid").asString() + ":" + event.get("tid").asString();
  }

  /** Bytes of the JavaScript heap that are in use after a collection. */
  static long heapBytes(Page page) {
    CDPSession session = page.context().newCDPSession(page);
    session.send("HeapProfiler.collectGarbage");
    session.send("HeapProfiler.collectGarbage");
    long used = session.send("Runtime.getHeapUsage").get("usedSize").getAsLong();
    session.detach();
    return used;
  }
}
