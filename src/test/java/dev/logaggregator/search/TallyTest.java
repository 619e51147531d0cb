package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TallyTest {

  private static Tally of(Function function, String... values) {
    Tally tally = function.tally();
    Arrays.stream(values).forEach(tally::add);
    return tally;
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
    assertThat(of(function, "", "x", "true", "0x10", "01", "NaN", "Infinity", "1 ").value()).isNaN();
    assertThat(of(function, "many", "7", "7.0").value()).isEqualTo(function == Function.SUM ? 14 : 7);
  }

  @Test
  void takesNumbersInEverySpellingOfJson() {
    assertThat(of(Function.SUM, "5e2", "-0.5E1", "1.50").value()).isEqualTo(496.5);
    assertThat(of(Function.MAX, "1e400").value()).isInfinite();
  }

  @Test
  void losesNothingToTheOrderOfASum() {
    Tally tally = of(Function.SUM, "1e16");
    for (int i = 0; i < 1_000; i++) {
      tally.add("1");
    }
    tally.add("-1e16");

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
        whole.add(value);
        tally.add(value);
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
    Arrays.stream(shuffled).mapToObj(Integer::toString).forEach(tally::add);
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
      one.add("value-" + i);
      (i % 2 == 0 ? one : other).add("value-" + i);
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
      tally.add(Integer.toString(i));
    }

    assertThat(tally.sizeBytes()).isBetween(1, 100_000);
  }
}
