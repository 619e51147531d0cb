package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueHashTest {

  @Test
  void aNumberHasTheHashOfItsText() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long digits = random.nextLong() >> random.nextInt(5, 64);
      int scale = random.nextInt(18);
      String text = BigDecimal.valueOf(digits, scale).toPlainString();
      if (Math.abs(digits) < 1_000_000_000_000_000_000L && !text.startsWith("-0.0")) {
        int shown = text.indexOf('.') < 0 ? 0 : text.length() - text.indexOf('.') - 1;
        assertThat(shown).isEqualTo(scale);
        boolean fits = text.chars().filter(Character::isDigit).count() <= 18;
        if (fits) {
          assertThat(ValueHash.of(digits, scale)).as(text).isEqualTo(hash(text));
        }
      }
    }
  }

  @Test
  void textsThatDifferHaveHashesThatDiffer() {
    List<String> texts =
        List.of(
            "",
            "0",
            "-0",
            "00",
            "0.0",
            "-0.0",
            "0.00",
            "1",
            "1.0",
            "01",
            "1e0",
            "-1",
            "+1",
            "10",
            "1.",
            ".1",
            "-",
            "1.2.3",
            "123456789012345678",
            "1234567890123456789",
            "a",
            "-a",
            "/");
    Set<Long> hashes = new HashSet<>();
    texts.forEach(text -> hashes.add(hash(text)));
    assertThat(hashes).hasSameSizeAs(texts);
  }

  private static long hash(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ValueHash.of(utf8, 0, utf8.length);
  }
}
