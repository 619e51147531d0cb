package dev.logaggregator.filter;

import dev.logaggregator.event.Level;
import dev.logaggregator.filter.SpelledJson.Array;
import dev.logaggregator.filter.SpelledJson.Member;
import dev.logaggregator.filter.SpelledJson.Number;
import dev.logaggregator.filter.SpelledJson.Structure;
import dev.logaggregator.filter.SpelledJson.Text;
import dev.logaggregator.filter.SpelledJson.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes events and pieces of them from a small vocabulary, so that queries often match. */
public final class RandomEvents {

  public static final List<String> TOPICS =
      List.of("orders", "orders.created", "orders.eu.created", "app.db.Error", "a", "_rejected");
  public static final List<String> NAMES =
      List.of(
          "a", "b", "c", "a.b", "b.c", "Status", "log.level", "level", "\u00e9", "x\"y", "", "d\n");
  static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.0",
          "1",
          "1.0",
          "1e0",
          "10e-1",
          "0.10E1",
          "500",
          "5e2",
          "-500",
          "500.001",
          "9007199254740992",
          "9007199254740993",
          "9007199254740993.0",
          "1e400",
          "-1e400",
          "1e-400",
          "1E99999999999999999999",
          "123456789012345678901234567890",
          "0.1",
          "0.10000000000000001");
  private static final List<String> WORDS =
      List.of(
          "timeout",
          "TimeOut",
          "err",
          "a",
          "aa",
          "aab",
          "b",
          "1",
          "500",
          "true",
          "null",
          "*",
          "caf\u00e9",
          "CAF\u00c9",
          "\u0416\u0443\u043a",
          "\u6f22\u5b57",
          "\ud83d\ude00",
          "\ud83d",
          "\"",
          "\\",
          "/",
          "\n",
          "\t",
          "\u0001",
          " ",
          ":",
          "(",
          ",",
          "n",
          "u",
          "e9",
          "-1.50");

  private final Random random;

  public RandomEvents(Random random) {
    this.random = random;
  }

  /** An event and its JSON as trees. */
  public record Sample(SampleEvent event, SpelledJson payload, @Nullable SpelledJson attributes) {}

  public Sample next() {
    SpelledJson payload = json(4);
    SpelledJson attributes = random.nextInt(3) == 0 ? attributes() : null;
    SampleEvent event =
        new SampleEvent(
            pick(TOPICS),
            "e-" + random.nextInt(5),
            random.nextInt(3) == 0 ? null : source(),
            random.nextInt(4) == 0 ? null : pick(List.of(Level.values())),
            time(),
            attributes == null ? null : attributes.spelled(),
            payload.spelled());
    return new Sample(event, payload, attributes);
  }

  /** Within some seconds, some with nanoseconds. */
  Instant time() {
    return SampleEvent.TIME
        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
        .plusSeconds(random.nextInt(5))
        .plusNanos(random.nextInt(3));
  }

  String source() {
    return pick(List.of("checkout", "Checkout", "check out", "\u0416\u0443\u043a", "back\\slash"));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(pick(WORDS));
    }
    return text.toString();
  }

  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private SpelledJson json(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 6)) {
      case 0, 1, 2 -> spelled(text());
      case 3, 4 -> new Number(pick(NUMBERS));
      case 5 -> new Word(pick(List.of("true", "false", "null")));
      case 6 -> new Array(list(depth));
      default -> structure(depth);
    };
  }

  private List<SpelledJson> list(int depth) {
    List<SpelledJson> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(json(depth - 1));
    }
    return elements;
  }

  private Structure structure(int depth) {
    List<Member> members = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.add(new Member(spelled(pick(NAMES)), json(depth - 1)));
    }
    return new Structure(members);
  }

  private Structure attributes() {
    List<Member> members = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String value = random.nextBoolean() ? text() : pick(NUMBERS);
      members.add(new Member(spelled(pick(NAMES)), spelled(value)));
    }
    return new Structure(members);
  }

  /** Some texts with no escape but where needed, some with many. */
  private Text spelled(String text) {
    int eagerness = pick(List.of(0, 0, 0, 3, 30));
    StringBuilder inside = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean half =
          Character.isSurrogate(c)
              && !(Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1)));
      String shortForm = shortForm(c);
      if (shortForm != null && random.nextInt(4) > 0) {
        inside.append(shortForm);
      } else if (c < ' ' || c == '"' || c == '\\' || half || random.nextInt(100) < eagerness) {
        unit(c, inside);
        if (Character.isHighSurrogate(c) && !half) {
          unit(text.charAt(++i), inside);
        }
      } else {
        inside.append(c);
        if (Character.isHighSurrogate(c)) {
          inside.append(text.charAt(++i));
        }
      }
    }
    return new Text(text, inside.toString());
  }

  private void unit(char c, StringBuilder target) {
    target.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
  }

  private static @Nullable String shortForm(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '/' -> "\\/";
      default -> null;
    };
  }
}
