package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventColumn;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitSearchTest {

  private static final int NUMBERS = 2_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 18})
  void findsADigitTextWhereTheSpelledNumberHasIt(int behindPoint) {
    Random random = new Random(behindPoint);
    for (int run = 0; run < 200; run++) {
      long[] numbers = new long[NUMBERS];
      for (int i = 0; i < NUMBERS; i++) {
        numbers[i] = random.nextLong() % power(1 + random.nextInt(18));
      }
      String sample = Long.toString(Math.abs(numbers[0]) + 1);
      int from = random.nextInt(sample.length());
      String text = sample.substring(from, from + 1 + random.nextInt(sample.length() - from));
      DigitSearch search = DigitSearch.of(text);
      assertThat(search == null).isEqualTo(text.startsWith("0"));
      if (search != null) {
        BitSet found = search.find(new EventColumn.Digits(numbers, behindPoint, ""));
        for (int i = 0; i < NUMBERS; i++) {
          String spelled = BigDecimal.valueOf(numbers[i], behindPoint).toPlainString();
          assertThat(found.get(i)).as("%s in %s", text, spelled).isEqualTo(spelled.contains(text));
        }
      }
    }
  }

  @Test
  void knowsNoOtherTexts() {
    for (String text : new String[] {"", "0", "05", "1a", "-1", "1.5", "٣", "1".repeat(19)}) {
      assertThat(DigitSearch.of(text)).as(text).isNull();
    }
  }

  private static long power(int exponent) {
    return BigDecimal.TEN.pow(exponent).longValueExact();
  }
}
