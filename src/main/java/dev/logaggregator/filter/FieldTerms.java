package dev.logaggregator.filter;

import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a field compared with a value means, field by field.
 *
 * @param now what durations ago are before; null where there is no now
 * @param terms of the query that they are of
 */
record FieldTerms(@Nullable Instant now, TermCount terms) {

  Condition condition(String field, Comparison comparison, Literal value) {
    if (value.hasWildcard() && comparison != Comparison.EQUAL) {
      throw value.expected("a value without '*' after '" + comparison.symbol() + "'");
    }
    EnvelopeField envelope = EnvelopeField.named(field);
    if (envelope == null) {
      return other(field, comparison, value);
    }
    return switch (envelope) {
      case OFFSET -> offset(comparison, value);
      case TOPIC -> topic(comparison, value);
      case ID -> key(KeyField.ID, comparison, value);
      case SOURCE -> key(KeyField.SOURCE, comparison, value);
      case LEVEL -> level(comparison, value);
      case TIMESTAMP -> time(TimestampCondition::new, comparison, value);
      case RECEIVED_AT -> time(ReceivedCondition::new, comparison, value);
    };
  }

  private static Condition offset(Comparison comparison, Literal value) {
    if (value.isAnything()) {
      return Condition.EVERYTHING;
    }
    try {
      return new OffsetCondition(comparison, Long.parseLong(plain(value, "an offset")));
    } catch (NumberFormatException e) {
      throw value.expected("an offset");
    }
  }

  private Condition topic(Comparison comparison, Literal value) {
    if (comparison == Comparison.EQUAL && !value.hasWildcard() && Topic.isName(value.text())) {
      return new TopicCondition(Set.of(new Topic(value.text())), terms);
    }
    TextTest test = text(comparison, value);
    return new TopicCondition(topic -> test(test, topic), terms);
  }

  private static boolean test(TextTest test, Topic topic) {
    byte[] name = topic.bytes();
    return test.test(name, 0, name.length);
  }

  private static Condition key(KeyField field, Comparison comparison, Literal value) {
    if (value.hasWildcard()) {
      return new KeyTextCondition(field, new Glob(value.pieces()), value.pieces());
    }
    return comparison == Comparison.EQUAL
        ? new KeyCondition(field, List.of(value.text()))
        : new KeyTextCondition(field, FieldValue.order(comparison, value.text()), List.of());
  }

  private static TextTest text(Comparison comparison, Literal value) {
    return value.hasWildcard()
        ? new Glob(value.pieces())
        : FieldValue.order(comparison, value.text());
  }

  private static Condition level(Comparison comparison, Literal value) {
    if (value.hasWildcard()) {
      Glob glob = new Glob(value.pieces().stream().map(p -> p.toUpperCase(Locale.ROOT)).toList());
      return LevelCondition.where(
          level -> {
            byte[] name = level.name().getBytes(StandardCharsets.US_ASCII);
            return glob.test(name, 0, name.length);
          });
    }
    Level other = Level.parse(value.text());
    if (other == null) {
      throw value.expected("a level (" + Levels.NAMES + ")");
    }
    return LevelCondition.where(level -> comparison.holds(level.compareTo(other)));
  }

  private Condition time(
      Function<TimeRange, Condition> condition, Comparison comparison, Literal value) {
    if (value.isAnything()) {
      return Condition.EVERYTHING;
    }
    String what = now == null ? "a time (RFC 3339 or epoch)" : "a time (" + Moments.FORMS + ")";
    Instant moment = Moments.parse(plain(value, what), now);
    if (moment == null) {
      throw value.expected(what);
    }
    return condition.apply(TimeRange.of(comparison, moment));
  }

  private static String plain(Literal value, String what) {
    if (value.hasWildcard()) {
      throw value.expected(what);
    }
    return value.text();
  }

  private static Condition other(String field, Comparison comparison, Literal value) {
    FieldValue asked =
        value.isAnything()
            ? FieldValue.any()
            : value.hasWildcard()
                ? FieldValue.like(value.pieces())
                : comparison == Comparison.EQUAL
                    ? FieldValue.equalTo(value.text())
                    : FieldValue.compared(comparison, value.text());
    return AnyOf.of(
        FieldLookup.of(field).stream()
            .<Condition>map(path -> new FieldCondition(path, List.of(asked)))
            .toList());
  }
}
