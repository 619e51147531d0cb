package benchmarks.events;

import java.util.Locale;
import java.util.Random;

/**
 * Events of every size and shape, beyond ASCII in escapes, for what must not depend on them being
 * alike.
 */
final class VariedLine implements SampleEvents.Line {

  private static final int MAX_DEPTH = 4;
  private static final String[] WORDS = {
    "alpha",
    "order",
    "timeout",
    "\\u00fcber",
    "a\\\"quoted\\\"",
    "line\\nbreak",
    "retry",
    "\\ud83d\\ude00"
  };

  private final int topics;

  VariedLine(int topics) {
    this.topics = topics;
  }

  @Override
  public void write(int number, int milli, Random random, StringBuilder out) {
    out.append("{\"id\":\"0000000000000000\",\"timestamp\":\"2026-11-22T00:00:00.");
    out.append(String.format(Locale.ROOT, "%03d", milli)).append("Z\",\"topic\":\"");
    out.append(SampleLine.topicName(random.nextInt(topics))).append('"');
    if (random.nextBoolean()) {
      out.append(",\"source\":\"host-").append(random.nextInt(500)).append('"');
    }
    if (random.nextInt(3) > 0) {
      out.append(",\"level\":\"").append(random.nextInt(10) == 0 ? "error" : "info").append('"');
    }
    if (random.nextInt(4) == 0) {
      out.append(",\"attributes\":{\"traceId\":\"");
      out.append(Long.toHexString(random.nextLong())).append("\"}");
    }
    out.append(",\"payload\":");
    writeValue(random, 0, out);
    out.append('}');
  }

  private void writeValue(Random random, int depth, StringBuilder out) {
    switch (depth == 0 ? 0 : depth == MAX_DEPTH ? 2 + random.nextInt(4) : random.nextInt(6)) {
      case 0 -> writeObject(random, depth, out);
      case 1 -> writeArray(random, depth, out);
      case 2 -> out.append(random.nextInt(1_000_000));
      case 3 -> out.append(random.nextGaussian());
      case 4 -> out.append(random.nextBoolean() ? "true" : "null");
      default -> writeText(random, out);
    }
  }

  private void writeObject(Random random, int depth, StringBuilder out) {
    out.append('{');
    int members = 1 + (int) (8 * Math.pow(random.nextDouble(), 2));
    for (int i = 0; i < members; i++) {
      out.append(i == 0 ? "\"" : ",\"").append("field").append(i).append("\":");
      writeValue(random, depth + 1, out);
    }
    out.append('}');
  }

  private void writeArray(Random random, int depth, StringBuilder out) {
    out.append('[');
    int elements = random.nextInt(5);
    for (int i = 0; i < elements; i++) {
      out.append(i == 0 ? "" : ",");
      writeValue(random, depth + 1, out);
    }
    out.append(']');
  }

  private static void writeText(Random random, StringBuilder out) {
    out.append('"');
    int words = 1 + (int) (20 * Math.pow(random.nextDouble(), 3));
    for (int i = 0; i < words; i++) {
      out.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
      out.append(random.nextInt(1000));
    }
    out.append('"');
  }
}
