package dev.logaggregator.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBufferDecimalTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.0",
    "2, 1, 2.0",
    "0.04, 1, 0.0",
    "0.06, 1, 0.1",
    "99.96, 1, 100.0",
    "0.625, 6, 0.625",
    "0.00001, 6, 0.00001",
    "0.000012, 6, 0.000012",
    "12345678.9, 1, 12345678.9",
    "1000000000, 1, 1000000000.0",
    "1.005, 9, 1.005",
    "-1.25, 2, -1.25",
    "-0.001, 1, 0.0"
  })
  void isWrittenOutWithoutAnExponent(double value, int decimals, String text) {
    assertThat(new JsonBuffer(16).decimal(value, decimals)).hasToString(text);
  }

  @Test
  void isTheNumberRounded() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      double value = random.nextDouble() * Math.pow(10, random.nextInt(9));
      BigDecimal written = new BigDecimal(new JsonBuffer(16).decimal(value, 3).toString());

      BigDecimal exact = new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN);
      assertThat(written.subtract(exact).abs()).isLessThanOrEqualTo(new BigDecimal("0.001"));
    }
  }
}
