package dev.logaggregator.filter;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A word or a text of a query, and what it means, said in regular expressions and exact arithmetic.
 *
 * @param q as it is written in the query
 * @param pieces the text between its wildcards
 */
record Written(String q, List<String> pieces) {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  boolean isAnything() {
    return pieces.size() > 1 && pieces.stream().allMatch(String::isEmpty);
  }

  /** What texts it occurs in, in any case. */
  Predicate<String> occurrence() {
    return pattern(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE).asPredicate();
  }

  /** What texts it is all of. */
  Predicate<String> glob() {
    return pattern(0).asMatchPredicate();
  }

  private Pattern pattern(int flags) {
    return Pattern.compile(
        pieces.stream().map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL | flags);
  }

  /** What values of a field pass. */
  Predicate<SpelledJson> test(Comparison comparison) {
    Predicate<String> glob = glob();
    String literal = pieces.getFirst();
    boolean plain = pieces.size() == 1;
    boolean number = plain && NUMBER.matcher(literal).matches();
    return json ->
        switch (json) {
          case SpelledJson.Structure ignored -> isAnything();
          case SpelledJson.Array ignored -> throw new AssertionError();
          case SpelledJson.Word word ->
              comparison == Comparison.EQUAL
                  && (plain || !word.spelled().equals("null"))
                  && glob.test(word.spelled());
          case SpelledJson.Number n ->
              number
                  ? comparison.holds(compare(n.spelled(), literal))
                  : !plain && glob.test(n.spelled());
          case SpelledJson.Text text ->
              comparison == Comparison.EQUAL
                  ? glob.test(text.text())
                  : number
                      ? NUMBER.matcher(text.text()).matches()
                          && comparison.holds(compare(text.text(), literal))
                      : comparison.holds(byCodePoint(text.text(), literal));
        };
  }

  private static int byCodePoint(String a, String b) {
    return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
  }

  private static int compare(String a, String b) {
    return decimal(a).compareTo(decimal(b));
  }

  /** Exponents that BigDecimal doesn't take are larger than all that it is compared with. */
  private static BigDecimal decimal(String number) {
    return new BigDecimal(
        number.replaceAll("[eE]9{10,}", "e1000").replace("99999999999999999999", "1000"));
  }
}
