package dev.logaggregator.filter;

import dev.logaggregator.event.Level;
import dev.logaggregator.filter.RandomEvents.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes queries, each both as it is written and as a plain function of the event's tree, written
 * for being right and not for being fast.
 */
final class RandomQuery {

  /** A query and what it means. */
  record Asked(String q, Predicate<Sample> meaning) {}

  private final Random random;
  private final RandomEvents vocabulary;

  RandomQuery(Random random) {
    this.random = random;
    this.vocabulary = new RandomEvents(random);
  }

  Asked next() {
    return any(3, () -> random.nextInt(3) == 0 ? freeText() : field());
  }

  private interface Operand {
    Asked next();
  }

  private Asked any(int depth, Operand operand) {
    return joined(" or ", depth, operand, random.nextInt(3) + 1);
  }

  private Asked joined(String by, int depth, Operand operand, int count) {
    List<Asked> parts = new ArrayList<>();
    boolean or = by.equals(" or ");
    for (int i = 0; i < count; i++) {
      parts.add(or ? joined(" and ", depth, operand, random.nextInt(2) + 1) : one(depth, operand));
    }
    String sign = or ? anyCase(by) : random.nextBoolean() ? " " : anyCase(by);
    return new Asked(
        parts.stream().map(Asked::q).collect(Collectors.joining(sign)),
        event ->
            or
                ? parts.stream().anyMatch(part -> part.meaning().test(event))
                : parts.stream().allMatch(part -> part.meaning().test(event)));
  }

  private Asked one(int depth, Operand operand) {
    if (random.nextInt(4) == 0) {
      Asked negated = depth > 0 ? one(depth - 1, operand) : operand.next();
      return new Asked(anyCase("not ") + negated.q(), negated.meaning().negate());
    }
    if (depth > 0 && random.nextInt(4) == 0) {
      Asked inner = any(depth - 1, operand);
      return new Asked("( " + inner.q() + ")", inner.meaning());
    }
    return operand.next();
  }

  private String anyCase(String word) {
    return random.nextBoolean() ? word : word.toUpperCase(Locale.ROOT);
  }

  private Asked freeText() {
    Written text = written(vocabulary.text());
    Predicate<String> occurs = text.occurrence();
    return new Asked(
        text.q(),
        event ->
            Stream.of(event.event().topic(), event.event().source(), event.payload().meant())
                .anyMatch(where -> where != null && occurs.test(where)));
  }

  /** A text in quotes, or as a word in which parts are replaced by wildcards. */
  private Written written(String text) {
    String whole =
        text.replace("\ud83d\ude00", "\u0000")
            .replace("\ud83d", "")
            .replace("\u0000", "\ud83d\ude00");
    if (whole.isEmpty() || random.nextInt(3) == 0) {
      String quoted = whole.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      return new Written('"' + quoted + '"', List.of(whole));
    }
    int wildcards = random.nextInt(5) - 2;
    List<String> pieces = new ArrayList<>(List.of(whole));
    for (int i = 0; i < wildcards; i++) {
      String last = pieces.removeLast();
      int cut =
          last.offsetByCodePoints(0, random.nextInt(last.codePointCount(0, last.length()) + 1));
      int resume = random.nextBoolean() ? cut : last.length();
      pieces.add(last.substring(0, cut));
      pieces.add(last.substring(resume));
    }
    String word = pieces.stream().map(RandomQuery::escaped).collect(Collectors.joining("*"));
    return new Written(word, pieces.size() > 1 ? withoutInnerBlanks(pieces) : pieces);
  }

  /** Two wildcards side by side are one. */
  private static List<String> withoutInnerBlanks(List<String> pieces) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (i == 0 || i == pieces.size() - 1 || !pieces.get(i).isEmpty()) {
        kept.add(pieces.get(i));
      }
    }
    return kept;
  }

  private static String escaped(String text) {
    StringBuilder word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < ' ') {
                word.append(String.format("\\u%04x", c));
              } else if (c < 0x80 && !Character.isLetterOrDigit(c)) {
                word.append('\\').appendCodePoint(c);
              } else {
                word.appendCodePoint(c);
              }
            });
    boolean keyword = List.of("and", "or", "not").contains(word.toString());
    return keyword
        ? "\\u%04x".formatted((int) word.charAt(0)) + word.substring(1)
        : word.toString();
  }

  private Asked field() {
    return switch (random.nextInt(10)) {
      case 0 -> envelope("topic", vocabulary.pick(RandomEvents.TOPICS), e -> e.event().topic());
      case 1 -> envelope("source", vocabulary.source(), e -> e.event().source());
      case 2 -> envelope("id", "e-" + random.nextInt(5), e -> e.event().id());
      case 3 -> level();
      case 4 -> timestamp();
      default -> other();
    };
  }

  private Asked envelope(String field, String text, Function<Sample, @Nullable String> value) {
    Comparison comparison = comparison();
    Written written =
        comparison == Comparison.EQUAL
            ? written(text)
            : new Written('"' + text.replace("\\", "\\\\") + '"', List.of(text));
    Predicate<String> test =
        comparison == Comparison.EQUAL ? written.glob() : v -> comparison.holds(v.compareTo(text));
    return new Asked(
        said(field, comparison, written.q()),
        event -> {
          String v = value.apply(event);
          return v != null && test.test(v);
        });
  }

  private Asked level() {
    Comparison comparison = comparison();
    Level level = vocabulary.pick(List.of(Level.values()));
    return new Asked(
        said("level", comparison, level.name().toLowerCase(Locale.ROOT)),
        event -> {
          Level actual = event.event().level();
          return actual != null && comparison.holds(actual.compareTo(level));
        });
  }

  private Asked timestamp() {
    Comparison comparison = comparison();
    Instant time = vocabulary.time();
    return new Asked(
        said("timestamp", comparison, time.toString()),
        event -> comparison.holds(event.event().timestamp().compareTo(time)));
  }

  private Asked other() {
    String path =
        Stream.generate(() -> vocabulary.pick(RandomEvents.NAMES))
            .limit(random.nextInt(3) + 1)
            .collect(Collectors.joining("."));
    if (path.isEmpty() || EnvelopeField.named(path) != null) {
      return freeText();
    }
    String field =
        written(path).pieces().size() == 1 ? '"' + path.replace("\"", "\\\"") + '"' : escaped(path);
    Comparison comparison = comparison();
    if (comparison == Comparison.EQUAL && random.nextInt(4) == 0) {
      Asked list = any(1, () -> value(Comparison.EQUAL, path));
      return new Asked(field + ":(" + list.q() + ")", list.meaning());
    }
    Asked value = value(comparison, path);
    return new Asked(said(field, comparison, value.q()), value.meaning());
  }

  private Asked value(Comparison comparison, String path) {
    boolean number = random.nextBoolean();
    Written written;
    if (comparison == Comparison.EQUAL && !number) {
      written =
          random.nextInt(5) == 0 ? new Written("*", List.of("", "")) : written(vocabulary.text());
    } else {
      String text = number ? vocabulary.pick(RandomEvents.NUMBERS) : "m";
      written = new Written(text, List.of(text));
    }
    Predicate<SpelledJson> test = written.test(comparison);
    return new Asked(
        written.q(),
        event -> {
          List<SpelledJson> inPayload = event.payload().at(path).toList();
          return inPayload.isEmpty() && event.attributes() != null
              ? event.attributes().at(path).anyMatch(test)
              : inPayload.stream().anyMatch(test);
        });
  }

  private Comparison comparison() {
    return random.nextInt(3) == 0
        ? vocabulary.pick(List.of(Comparison.values()))
        : Comparison.EQUAL;
  }

  private String said(String field, Comparison comparison, String value) {
    String space = random.nextBoolean() ? " " : "";
    return field
        + (comparison == Comparison.EQUAL ? "" : space)
        + comparison.symbol()
        + space
        + value;
  }
}
