package dev.logaggregator.search;

import dev.logaggregator.event.Level;
import dev.logaggregator.filter.RandomEvents.Sample;
import dev.logaggregator.filter.SpelledJson;
import dev.logaggregator.filter.SpelledJson.Array;
import dev.logaggregator.filter.SpelledJson.Member;
import dev.logaggregator.filter.SpelledJson.Number;
import dev.logaggregator.filter.SpelledJson.Structure;
import dev.logaggregator.filter.SpelledJson.Text;
import dev.logaggregator.filter.SpelledJson.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the fields of an event are, said of its JSON as trees: what counting is compared with. */
final class NaiveFields {

  private static final Set<String> ENVELOPE =
      Set.of("offset", "topic", "id", "source", "level", "timestamp", "receivedAt");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private NaiveFields() {}

  /** A value of an event, with the name of its field; the kind as in answers. */
  record Named(String field, String kind, String text) {}

  /** The values of a field as text. */
  static List<String> values(String field, Sample sample) {
    return switch (field) {
      case "topic" -> List.of(sample.event().topic());
      case "source" -> Stream.ofNullable(sample.event().source()).toList();
      case "level" -> Stream.ofNullable(sample.event().level()).map(Level::name).toList();
      default -> other(field, sample).flatMap(NaiveFields::text).toList();
    };
  }

  private static Stream<SpelledJson> other(String field, Sample sample) {
    Stream<SpelledJson> within = Stream.empty();
    if (field.equals("payload")) {
      within = sample.payload().flat();
    } else if (field.startsWith("payload.")) {
      within = sample.payload().at(field.substring("payload.".length()));
    } else if (field.startsWith("attributes.")) {
      within = inAttributes(field.substring("attributes.".length()), sample);
    }
    return Stream.concat(within, plain(field, sample));
  }

  private static Stream<SpelledJson> plain(String path, Sample sample) {
    List<SpelledJson> inPayload = sample.payload().at(path).toList();
    return inPayload.isEmpty() ? inAttributes(path, sample) : inPayload.stream();
  }

  private static Stream<SpelledJson> inAttributes(String path, Sample sample) {
    @Nullable SpelledJson attributes = sample.attributes();
    return attributes == null ? Stream.empty() : attributes.at(path);
  }

  private static Stream<String> text(SpelledJson json) {
    return switch (json) {
      case Text text -> Stream.of(text.text());
      case Number number -> Stream.of(number.spelled());
      case Word word -> word.spelled().equals("null") ? Stream.empty() : Stream.of(word.spelled());
      case Structure ignored -> Stream.empty();
      case Array ignored -> throw new AssertionError("arrays are flat");
    };
  }

  /** The number that a value is. */
  static OptionalDouble number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double number = Double.parseDouble(text);
    return OptionalDouble.of(
        Double.isInfinite(number) ? Math.copySign(Double.MAX_VALUE, number) : number);
  }

  /** Every value that an event has beside its envelope. */
  static List<Named> all(Sample sample) {
    List<Named> found = new ArrayList<>();
    leaves(sample.payload(), null, "payload", false, found);
    if (sample.attributes() instanceof Structure attributes) {
      for (Member attribute : attributes.members()) {
        String name = attribute.name().text();
        boolean hidden = sample.payload().at(name).findAny().isPresent();
        leaves(attribute.value(), name, "attributes", hidden, found);
      }
    }
    return found;
  }

  private static void leaves(
      SpelledJson json, @Nullable String path, String origin, boolean hidden, List<Named> found) {
    json.flat()
        .forEach(
            value -> {
              if (value instanceof Structure structure) {
                for (Member member : structure.members()) {
                  String name = member.name().text();
                  String further = path == null ? name : path + "." + name;
                  leaves(member.value(), further, origin, hidden, found);
                }
              } else {
                text(value)
                    .map(text -> new Named(name(path, origin, hidden), kind(value), text))
                    .forEach(found::add);
              }
            });
  }

  private static String name(@Nullable String path, String origin, boolean hidden) {
    if (path == null) {
      return origin;
    }
    boolean ambiguous =
        hidden
            || path.isBlank()
            || ENVELOPE.contains(path)
            || (path + ".").startsWith("payload.")
            || (path + ".").startsWith("attributes.");
    return ambiguous ? origin + "." + path : path;
  }

  private static String kind(SpelledJson value) {
    return switch (value) {
      case Text ignored -> "text";
      case Number ignored -> "number";
      default -> "boolean";
    };
  }
}
