package dev.logaggregator.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.CpuTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

  @ParameterizedTest
  @CsvSource({
    "500, 500.0, 0",
    "500, 5e2, 0",
    "500, 0.5E+3, 0",
    "500, 50000e-2, 0",
    "0, -0.000e7, 0",
    "-1, 1, -1",
    "1, -1, 1",
    "0, -0.1, 1",
    "9, 10, -1",
    "-9, -10, 1",
    "0.09, 0.1, -1",
    "9007199254740993, 9007199254740992, 1",
    "9223372036854775807, 9223372036854775808, -1",
    "1e400, 1e401, -1",
    "-1e400, -1e401, 1",
    "1e-400, 0, 1",
    "1e99999999999999999999, 1e5, 1",
    "1e-99999999999999999999, 1e-5, -1",
    "12.34, 12.340, 0",
    "12.34, 12.3401, -1",
  })
  void numbersAreComparedByTheirValue(String a, String b, int order) {
    assertThat(compare(a, b)).isEqualTo(order);
    assertThat(compare(b, a)).isEqualTo(-order);
  }

  @Test
  void theOrderIsThatOfExactArithmetic() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String a = number(random);
      String b = number(random);
      assertThat(compare(a, b))
          .as("seed %d: %s and %s", seed, a, b)
          .isEqualTo(Integer.signum(new BigDecimal(a).compareTo(new BigDecimal(b))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x10", "1 ", " 1", "NaN", "1.2.3", "1,5", "٣"
      })
  void otherSpellingsAreNoNumbers(String text) {
    assertThat(Decimal.parse(text)).isNull();
  }

  @Test
  void aNumberOfAMillionDigitsTakesNoLongerThanItsDigits() {
    String ones = "1".repeat(1_000_000);

    assertThat(CpuTime.of(() -> assertThat(compare(ones + "2", ones + "3")).isEqualTo(-1)))
        .isLessThan(Duration.ofSeconds(5));
  }

  private static String number(Random random) {
    String sign = random.nextBoolean() ? "-" : "";
    String fraction = random.nextBoolean() ? "." + digits(random) : "";
    String exponent = random.nextInt(3) == 0 ? "e" + (random.nextInt(9) - 4) : "";
    return sign + random.nextInt(3) * random.nextInt(40) + fraction + exponent;
  }

  private static String digits(Random random) {
    return ("" + random.nextInt(1, 1_000_000)).replace('1', '0').replace('2', '0');
  }

  /** -1, 0 or 1 as a is less than, equal to or greater than b. */
  private static int compare(String a, String b) {
    byte[] utf8 = a.getBytes(UTF_8);
    return Integer.signum(Decimal.parse(b).compareWith(utf8, 0, utf8.length));
  }
}
