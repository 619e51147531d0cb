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
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a recorded JVM spent its time and its memory, by samples. Processor time is sampled where
 * the JDK can (on Linux), native code included; else Java code only.
 */
final class Profile {

  private static final int SHOWN = 30;
  private static final String OURS = "dev.logaggregator";

  private final Map<String, Long> threads = new HashMap<>();
  private final Map<String, Long> tops = new HashMap<>();
  private final Map<String, Long> attributed = new HashMap<>();
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
        + " samples, "
        + profile.allocatedBytes / 1_000_000
        + " MB allocated\n"
        + table("threads", profile.threads, profile.samples)
        + table("at the top of the stack", profile.tops, profile.samples)
        + table("our method nearest to it", profile.attributed, profile.samples)
        + table("our methods, with everything they call", profile.within, profile.samples)
        + table("allocated bytes, by class and place", profile.allocated, profile.allocatedBytes);
  }

  private void add(RecordedEvent event) {
    if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
      return;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    switch (event.getEventType().getName()) {
      case "jdk.CPUTimeSample" -> addSample(event.getThread("eventThread"), frames);
      case "jdk.ObjectAllocationSample" -> addAllocation(event, frames);
      default -> {}
    }
  }

  private void addSample(RecordedThread thread, List<RecordedFrame> frames) {
    samples++;
    String name = thread == null ? null : thread.getJavaName();
    threads.merge(
        name == null || name.isEmpty() ? "(JVM)" : name.replaceAll("[0-9]+", "N"), 1L, Long::sum);
    RecordedFrame top =
        frames.stream().filter(Profile::isCode).findFirst().orElse(frames.getFirst());
    tops.merge(
        name(top) + (top.getLineNumber() > 0 ? ":" + top.getLineNumber() : ""), 1L, Long::sum);
    attributed.merge(nearest(frames), 1L, Long::sum);
    Set<String> seen = new HashSet<>();
    for (RecordedFrame frame : frames) {
      if (name(frame).startsWith(OURS) && seen.add(name(frame))) {
        within.merge(name(frame), 1L, Long::sum);
      }
    }
  }

  private void addAllocation(RecordedEvent event, List<RecordedFrame> frames) {
    long weight = event.getLong("weight");
    allocatedBytes += weight;
    allocated.merge(
        event.getClass("objectClass").getName() + " in " + nearest(frames), weight, Long::sum);
  }

  /** Not the glue between a method handle and what it calls. */
  private static boolean isCode(RecordedFrame frame) {
    return !frame.getMethod().getType().getName().startsWith("java.lang.invoke");
  }

  private static String nearest(List<RecordedFrame> frames) {
    return frames.stream()
        .map(Profile::name)
        .filter(name -> name.startsWith(OURS))
        .findFirst()
        .orElse("none: " + name(frames.getLast()));
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
