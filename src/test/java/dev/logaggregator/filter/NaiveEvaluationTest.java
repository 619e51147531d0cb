package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.RandomEvents.Sample;
import dev.logaggregator.filter.RandomQuery.Asked;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Random queries over random events say what a plain evaluation of the event's tree says. Repeat a
 * failure with {@code -Dfilter.seed=…}.
 */
class NaiveEvaluationTest {

  private static final int EVENTS_PER_QUERY = 10;

  @Test
  void queriesSayWhatAPlainEvaluationSays() {
    compare(5_000);
  }

  @Test
  @Tag("long")
  void queriesSayWhatAPlainEvaluationSaysForLong() {
    compare(200_000);
  }

  private static void compare(int queries) {
    long firstSeed = Long.getLong("filter.seed", System.nanoTime());
    int matching = 0;
    for (int i = 0; i < queries; i++) {
      matching += compareOne(firstSeed + i);
    }
    // Else the comparison would say little.
    int compared = queries * EVENTS_PER_QUERY;
    assertThat(matching).isBetween(compared / 10, compared - compared / 10);
  }

  private static int compareOne(long seed) {
    Random random = new Random(seed);
    Asked asked = new RandomQuery(random).next();
    RandomEvents events = new RandomEvents(random);
    List<Sample> samples = Stream.generate(events::next).limit(EVENTS_PER_QUERY).toList();
    Iterator<Sample> sample = samples.iterator();
    int[] matching = {0};
    try {
      Condition condition = Query.parse(asked.q(), null).condition();
      new SampleBlock(samples.stream().map(Sample::event).toList(), 0)
          .forEach(
              view -> matching[0] += compareOne(asked, condition, sample.next(), view) ? 1 : 0);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + asked.q(), e);
    }
    return matching[0];
  }

  private static boolean compareOne(
      Asked asked, Condition condition, Sample sample, EventView view) {
    boolean expected = asked.meaning().test(sample);
    assertThat(condition.matches(view)).as(sample.event().toString()).isEqualTo(expected);
    return expected;
  }

  /** So that what the comparison relies on is right, too. */
  @Test
  void theTreesAreWhatAJsonParserSees() {
    ObjectMapper mapper = new ObjectMapper();
    long seed = Long.getLong("filter.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      SpelledJson payload = new RandomEvents(random).next().payload();
      assertSame(payload, mapper.readTree(payload.spelled()), "seed " + seed);
    }
  }

  private static void assertSame(SpelledJson json, JsonNode node, String description) {
    switch (json) {
      case SpelledJson.Text text ->
          assertThat(node.stringValue()).as(description).isEqualTo(text.text());
      case SpelledJson.Number number -> assertThat(node.isNumber()).as(description).isTrue();
      case SpelledJson.Word word -> assertThat(node).as(description).hasToString(word.spelled());
      case SpelledJson.Array array -> {
        assertThat(node.size()).as(description).isEqualTo(array.elements().size());
        for (int i = 0; i < node.size(); i++) {
          assertSame(array.elements().get(i), node.get(i), description);
        }
      }
      case SpelledJson.Structure structure -> {
        // Of a name that is repeated, the parser keeps the last.
        for (SpelledJson.Member member : structure.members().reversed()) {
          assertThat(node.has(member.name().text())).as(description).isTrue();
        }
      }
    }
  }
}
