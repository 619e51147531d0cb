package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logaggregator.event.InvalidEventException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told whose query can't be read. In the table, ^ stands for ". */
class QuerySyntaxTest {

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final String LEVELS = "a level (TRACE, DEBUG, INFO, WARN, ERROR, FATAL)";
  private static final String TIMES = "a time (RFC 3339, an epoch, or a duration ago such as 15m)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "level:            | 7  | expected a value, found the end",
        "a and             | 6  | expected a text, a field, 'not' or '(', found the end",
        "a or or b         | 6  | expected a text, a field, 'not' or '(', found 'or'",
        "and a             | 1  | expected a text, a field, 'not' or '(', found 'and'",
        "not               | 4  | expected a text, a field, 'not' or '(', found the end",
        "(a or b           | 8  | expected 'and', 'or' or ')', found the end",
        "a)                | 2  | expected a text, a field, 'and', 'or' or the end, found ')'",
        "()                | 2  | expected a text, a field, 'not' or '(', found ')'",
        ": x               | 1  | expected a text, a field, 'not' or '(', found ':'",
        "a: : b            | 4  | expected a value, found ':'",
        "std::string       | 5  | expected a value, found ':'",
        "a: (x or          | 9  | expected a value, found the end",
        "a: (x y           | 8  | expected 'and', 'or' or ')', found the end",
        "a > (1)           | 5  | expected a value, found '('",
        "a > 1*            | 5  | expected a value without '*' after '>', found '1*'",
        "a*: 1             | 1  | expected the name of a field, found 'a*'",
        "^^: 1             | 1  | expected the name of a field, found '^'",
        "a: not b          | 4  | expected a value, found 'not'",
        "{a}               | 1  | expected a text, a field, 'not' or '(', found '{'",
        "a {b}             | 3  | expected a text, a field, 'and', 'or' or the end, found '{'",
        "level: loud       | 8  | expected LEVEL, found 'loud'",
        "level > 5         | 9  | expected LEVEL, found '5'",
        "timestamp > soon  | 13 | expected TIME, found 'soon'",
        "timestamp: 2026*  | 12 | expected TIME, found '2026*'",
        "offset: many      | 9  | expected an offset, found 'many'",
        "^abc              | 5  | expected '^' after the text that starts at position 1, found the"
            + " end",
        "a \\q             | 3  | expected one of ESCAPE, found '\\q'",
        "a\\               | 2  | expected one of ESCAPE, found '\\'",
        "\\u12g4           | 1  | expected one of ESCAPE, found '\\u12g4'",
        "\ud83d\ude00 and  | 6  | expected a text, a field, 'not' or '(', found the end",
        "\\ud83d           | 1  | half of a surrogate pair is no character",
      })
  void saysWhereAndWhatWasExpected(String q, int position, String reason) {
    String expected =
        reason
            .replace("LEVEL", LEVELS)
            .replace("TIME", TIMES)
            .replace("ESCAPE", "\\\\ \\\" \\* \\: \\( \\) \\< \\> \\{ \\} \\t \\n \\r \\uXXXX")
            .replace('^', '"');
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Query.parse(q.replace('^', '"'), NOW))
        .satisfies(e -> assertThat(e.field()).isEqualTo("q"))
        .withMessage("at position " + position + ": " + expected);
  }

  @Test
  void lengthDepthAndTermsAreBounded() {
    assertAccepted("a".repeat(4_096));
    assertRefused("a".repeat(4_097), "must have at most 4096 characters");
    assertAccepted("(".repeat(49) + "a" + ")".repeat(49));
    assertRefused("(".repeat(51) + "a" + ")".repeat(51), "nested deeper than 50 levels");
    assertRefused("not ".repeat(51) + "a", "nested deeper than 50 levels");
    assertRefused("(".repeat(4_096), "nested deeper than 50 levels");
    assertAccepted("a ".repeat(256));
    assertRefused("a ".repeat(257), "more than 256 terms");
    assertRefused("f: (" + "a ".repeat(257) + ")", "more than 256 terms");
  }

  private static void assertAccepted(String q) {
    assertThatCode(() -> Query.parse(q, NOW)).doesNotThrowAnyException();
  }

  private static void assertRefused(String q, String reason) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Query.parse(q, NOW))
        .withMessageContaining(reason);
  }
}
