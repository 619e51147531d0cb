package dev.logaggregator.filter;

import dev.logaggregator.json.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a field's value is asked to be.
 *
 * @param test decides
 * @param required texts that occur in every value that passes, however it is spelled but for
 *     escapes
 * @param text the only string that passes, escapes aside; null if there may be others
 * @param numbers which numbers pass; null if that depends on their spelling
 */
record FieldValue(
    ValueTest test, List<String> required, @Nullable String text, @Nullable NumberMeaning numbers) {

  /** Any at all. */
  static FieldValue any() {
    return new FieldValue(ValueTest.exists(), List.of(), null, NumberMeaning.ALL);
  }

  /** That text, that number in any spelling, or that literal. */
  static FieldValue equalTo(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    TextTest sameText = equality(text);
    Decimal number = Decimal.parse(text);
    ValueTest test =
        (json, from, to) ->
            switch (json[from]) {
              case '"' -> ValueTest.ofString(sameText, json, from, to);
              case '{' -> false;
              case 't', 'f', 'n' -> Arrays.equals(json, from, to, utf8, 0, utf8.length);
              default -> number != null && number.compareWith(json, from, to) == 0;
            };
    return new FieldValue(
        test,
        number == null ? List.of(text) : List.of(),
        text,
        NumberMeaning.of(Comparison.EQUAL, number));
  }

  /**
   * A text, or a number or literal as it is written, that has these pieces with anything between.
   */
  static FieldValue like(List<String> pieces) {
    return new FieldValue(ValueTest.ofText(new Glob(pieces)), pieces, null, null);
  }

  /**
   * In that relation to a number (a text that spells one is taken for it), or to a text, by the
   * order of characters.
   */
  static FieldValue compared(Comparison comparison, String to) {
    Decimal number = Decimal.parse(to);
    return new FieldValue(
        number == null ? textOrder(comparison, to) : numberOrder(comparison, number),
        List.of(),
        null,
        NumberMeaning.of(comparison, number));
  }

  private static ValueTest numberOrder(Comparison comparison, Decimal number) {
    TextTest inText =
        (text, from, to) ->
            Decimal.isNumber(text, from, to)
                && comparison.holds(number.compareWith(text, from, to));
    return (json, from, to) ->
        switch (json[from]) {
          case '"' -> ValueTest.ofString(inText, json, from, to);
          case '{', 't', 'f', 'n' -> false;
          default -> comparison.holds(number.compareWith(json, from, to));
        };
  }

  private static ValueTest textOrder(Comparison comparison, String other) {
    TextTest test = order(comparison, other);
    return (json, from, to) -> json[from] == '"' && ValueTest.ofString(test, json, from, to);
  }

  /** Is that very text. */
  static TextTest equality(String other) {
    byte[] utf8 = other.getBytes(StandardCharsets.UTF_8);
    return (text, from, to) -> Arrays.equals(text, from, to, utf8, 0, utf8.length);
  }

  /** Comes before or after another text in the order of characters, which is that of UTF-8. */
  static TextTest order(Comparison comparison, String other) {
    byte[] utf8 = other.getBytes(StandardCharsets.UTF_8);
    return (text, from, to) ->
        comparison.holds(Arrays.compareUnsigned(text, from, to, utf8, 0, utf8.length));
  }
}
