package benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a recorded JVM spent its time and its memory, by samples. */
final class Profile {

  private static final int SHOWN = 30;

  private final Map<String, Long> threads = new HashMap<>();
  private final Map<String, Long> tops = new HashMap<>();
  private final Map<String, Long> within = new HashMap<>();
  private final Map<String, Long> allocated = new HashMap<>();
  private long samples;
  private long allocatedBytes;

  private Profile() {}

  /** A summary of a recording. */
  static String of(Path recording) throws IOException {
    Profile profile = new Profile();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        profile.add(file.readEvent());
      }
    }
    return "Profile of "
        + recording.getFileName()
        + ", "
        + profile.samples
        + " samples\n"
        + table("threads", profile.threads, profile.samples)
        + table("on top of the stack (Java and native)", profile.tops, profile.samples)
        + table("with everything they call", profile.within, profile.samples)
        + table("allocated, by class and place", profile.allocated, profile.allocatedBytes);
  }

  private void add(RecordedEvent event) {
    String type = event.getEventType().getName();
    if (event.getStackTrace() == null) {
      return;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    if (frames.isEmpty()) {
      return;
    }
    switch (type) {
      case "jdk.ExecutionSample" -> addSample(event, frames);
      case "jdk.ObjectAllocationSample" -> {
        long weight = event.getLong("weight");
        allocatedBytes += weight;
        String place =
            frames.stream()
                .map(Profile::name)
                .filter(Profile::isOurs)
                .findFirst()
                .orElse(name(frames.getFirst()));
        allocated.merge(
            event.getClass("objectClass").getName() + " in " + place, weight, Long::sum);
      }
      default -> {}
    }
  }

  private void addSample(RecordedEvent event, List<RecordedFrame> frames) {
    samples++;
    var thread = event.getThread("sampledThread");
    threads.merge(threadName(thread == null ? null : thread.getJavaName()), 1L, Long::sum);
    tops.merge(name(frames.getFirst()), 1L, Long::sum);
    Set<String> seen = new HashSet<>();
    for (RecordedFrame frame : frames) {
      String name = name(frame);
      if (seen.add(name)) {
        within.merge(name, 1L, Long::sum);
      }
    }
  }

  private static String threadName(String name) {
    return name == null || name.isEmpty() ? "(virtual)" : name.replaceAll("[0-9]+", "N");
  }

  private static boolean isOurs(String name) {
    return name.startsWith("dev.logaggregator");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static String table(String title, Map<String, Long> counts, long all) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(
            entry ->
                String.format(
                    Locale.ROOT, "%6.2f %%  %s", 100.0 * entry.getValue() / all, entry.getKey()))
        .collect(Collectors.joining("\n", "\n" + title + "\n", "\n"));
  }
}
