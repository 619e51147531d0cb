package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logaggregator.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

  private static Tally of(Function function, String... values) {
    Tally tally = function.tally();
    Arrays.stream(values).forEach(value -> add(function, tally, value));
    return tally;
  }

  private static void add(Function function, Tally tally, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    long operand = function.operand(text, 0, text.length);
    if (operand != Function.NO_OPERAND) {
      tally.add(operand);
    }
  }

  @ParameterizedTest
  @CsvSource({"MIN,-2", "MAX,10", "SUM,12.5", "AVG,3.125", "P50,1.5", "P99,10", "UNIQUE,4"})
  void tellsTheFunctionOfAFewNumbersExactly(Function function, double expected) {
    Tally tally = of(function, "10", "3", "1.5", "-2");

    assertThat(tally.value()).isEqualTo(expected);
    assertThat(tally.isApproximate()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNIQUE")
  void leavesOutWhatIsNoNumber(Function function) {
    assertThat(of(function, "", "x", "true", "0x10", "01", "NaN", "Infinity", "1 ").value())
        .isNaN();
    assertThat(of(function, "many", "7", "7.0").value())
        .isEqualTo(function == Function.SUM ? 14 : 7);
  }

  @Test
  void takesNumbersInEverySpellingOfJson() {
    assertThat(of(Function.SUM, "5e2", "-0.5E1", "1.50").value()).isEqualTo(496.5);
  }

  @Test
  void takesTheLargestDoubleForWhatIsBeyondItAndSaysSo() {
    for (Function function : List.of(Function.MAX, Function.SUM, Function.AVG, Function.P50)) {
      Tally tally = of(function, "1e400");

      assertThat(tally.value()).as(function.name()).isEqualTo(Double.MAX_VALUE);
      assertThat(tally.isApproximate()).as(function.name()).isTrue();
    }
    assertThat(of(Function.SUM, "1e308", "1e308", "-1e308").isApproximate()).isTrue();
    assertThat(of(Function.MIN, "1e400", "1").isApproximate()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "-7.25",
        "0.1",
        "123456789012345",
        "1234567890123456",
        "0.000000000000001",
        "99.50",
        "1e3",
        "1E-3",
        "3.14159265358979",
        "9007199254740993",
        "0.30000000000000004"
      })
  void readsNumbersAsTheNearestDouble(String text) {
    byte[] bytes = ("x" + text + "9").getBytes(StandardCharsets.UTF_8);

    assertThat(NumberText.parse(bytes, 1, 1 + text.length())).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @CsvSource({
    "5,5",
    "-0.0,0",
    "0.5,0.5",
    "1e21,1.0E21",
    "-12,-12",
    "9007199254740992,9007199254740992"
  })
  void writesWholeNumbersWithoutAPoint(double number, String written) {
    JsonBuffer json = new JsonBuffer(16);
    new Figure(number, false).write(json);

    assertThat(json).hasToString(written);
  }

  @Test
  void losesNothingToTheOrderOfASum() {
    Tally tally = of(Function.SUM, "1e16");
    for (int i = 0; i < 1_000; i++) {
      add(Function.SUM, tally, "1");
    }
    add(Function.SUM, tally, "-1e16");

    assertThat(tally.value()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void mergesWhatWasAddedApart(Function function) {
    Random random = new Random(3);
    Tally whole = function.tally();
    Tally merged = function.tally();
    for (int part = 0; part < 5; part++) {
      Tally tally = function.tally();
      for (int i = 0; i < 60; i++) {
        String value = Integer.toString(random.nextInt(1_000));
        add(function, whole, value);
        add(function, tally, value);
      }
      merged.merge(tally);
    }

    assertThat(merged.value()).isEqualTo(whole.value());
  }

  @ParameterizedTest
  @CsvSource({"P50,0.5", "P90,0.9", "P95,0.95", "P99,0.99"})
  void estimatesQuantilesWithinAPercentOfRank(Function function, double rank) {
    int count = 200_000;
    int[] shuffled = new Random(11).ints(count, 0, 1_000_000).toArray();
    Tally tally = function.tally();
    Arrays.stream(shuffled).mapToObj(Integer::toString).forEach(text -> add(function, tally, text));
    int[] sorted = shuffled.clone();
    Arrays.sort(sorted);

    double below = Arrays.stream(sorted).filter(number -> number <= tally.value()).count();

    assertThat(below / count).isCloseTo(rank, within(0.01));
    assertThat(tally.isApproximate()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1000", "1001", "20000", "300000"})
  void countsDifferentValuesWithinTwoPercentAndFewOnesExactly(int distinct) {
    Tally one = Function.UNIQUE.tally();
    Tally other = Function.UNIQUE.tally();
    for (int i = 0; i < distinct; i++) {
      add(Function.UNIQUE, one, "value-" + i);
      add(Function.UNIQUE, i % 2 == 0 ? one : other, "value-" + i);
    }
    one.merge(other);

    assertThat(one.isApproximate()).isEqualTo(distinct > DistinctTally.MOST_EXACT);
    assertThat(one.value()).isCloseTo(distinct, within(one.isApproximate() ? distinct * 0.02 : 0));
  }

  @ParameterizedTest
  @EnumSource
  void isOfBoundedSize(Function function) {
    Tally tally = function.tally();
    for (int i = 0; i < 300_000; i++) {
      add(function, tally, Integer.toString(i));
    }

    assertThat(tally.sizeBytes()).isBetween(1, 100_000);
  }
}
