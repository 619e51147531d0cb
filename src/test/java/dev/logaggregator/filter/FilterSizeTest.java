package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.TopicPattern;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterSizeTest {

  private static final int MOST_WITHOUT_BOOKS = 4 * 1024;

  @Test
  void anOrdinaryFilterTakesLittle() {
    assertThat(size("level >= warn and status: 500 timeout")).isLessThan(MOST_WITHOUT_BOOKS);
    assertThat(size(null)).isLessThan(MOST_WITHOUT_BOOKS);
  }

  @Test
  void eachTermCounts() {
    assertThat(size(terms(200))).isGreaterThan(size(terms(100)) + 100 * 200);
  }

  private static String terms(int count) {
    return IntStream.range(0, count)
        .mapToObj(term -> "none" + term)
        .collect(Collectors.joining(" or "));
  }

  private static long size(String query) {
    return FilterParameters.of(List.of(TopicPattern.parse("orders.*")), query).sizeBytes();
  }
}
