package dev.logaggregator.filter;

import dev.logaggregator.event.EventView;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.RandomEvents.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written as {@code q} is either understood, and can then be asked of any event, or is
 * the caller's fault. Repeat a failure with {@code -Dfilter.seed=…}.
 */
class QueryFuzzTest {

  private static final String SIGNS = "():<>=\"*\\{}u0aé \t.-";

  @Test
  void nothingButTheCallersFaultComesOut() {
    fuzz(20_000);
  }

  @Test
  @Tag("long")
  void nothingButTheCallersFaultComesOutForLong() {
    fuzz(1_000_000);
  }

  private static void fuzz(int runs) {
    long firstSeed = Long.getLong("filter.seed", System.nanoTime());
    List<EventView> views = new ArrayList<>();
    RandomEvents events = new RandomEvents(new Random(firstSeed));
    for (int i = 0; i < 5; i++) {
      Sample sample = events.next();
      views.add(sample.event().view());
    }
    for (int i = 0; i < runs; i++) {
      long seed = firstSeed + i;
      Random random = new Random(seed);
      String q = text(random);
      try {
        Condition condition = Query.parse(q, SampleEvent.TIME).condition();
        views.forEach(condition::matches);
      } catch (InvalidEventException expected) {
        check(expected, q, seed);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + q, e);
      }
    }
  }

  private static void check(InvalidEventException refusal, String q, long seed) {
    if (!"q".equals(refusal.field()) || refusal.reason().isBlank()) {
      throw new AssertionError("seed " + seed + ": " + q, refusal);
    }
  }

  private static String text(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> bytes(random);
      case 1 -> signs(random);
      default -> mutated(new RandomQuery(random).next().q(), random);
    };
  }

  private static String bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return new String(
        bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
  }

  private static String signs(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(200); i > 0; i--) {
      int next = random.nextInt(SIGNS.length() + 3);
      text.append(
          switch (next - SIGNS.length()) {
            case 0 -> "and ";
            case 1 -> "level";
            case 2 -> " not ";
            default -> SIGNS.substring(next, next + 1);
          });
    }
    return text.toString();
  }

  private static String mutated(String q, Random random) {
    StringBuilder text = new StringBuilder(q);
    for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
        case 2 -> text.setCharAt(at, (char) random.nextInt(0x10000));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
