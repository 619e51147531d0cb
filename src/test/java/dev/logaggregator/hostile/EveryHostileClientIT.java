package dev.logaggregator.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All that hostile clients do, with the figures that are promised: {@code mvn -B verify -Phostile}.
 * {@code -Dhostile.cases=} takes a regular expression for names, {@code -Dhostile.seconds=} says
 * how long each attack lasts.
 */
@Tag("hostile")
@Timeout(300)
class EveryHostileClientIT {

  private static final Trials TRIALS =
      new Trials(
          Duration.ofSeconds(3),
          Duration.ofSeconds(Integer.getInteger("hostile.seconds", 5)),
          Bounds.PROMISED);

  static List<Case> cases() {
    Pattern wanted = Pattern.compile(System.getProperty("hostile.cases", ""));
    return Stream.of(
            List.of(new Case("nobody", World.SMALL, Attack.NOTHING)),
            ReadingCases.all(),
            SendingCases.all(),
            SearchCases.all(),
            SubscriptionCases.all(),
            TopicCases.all(),
            ConnectionCases.all())
        .flatMap(List::stream)
        .filter(one -> wanted.matcher(one.name()).find())
        .sorted(Comparator.comparing(Case::world))
        .toList();
  }

  @AfterAll
  static void report() {
    TRIALS.close();
    TRIALS.write(Path.of("target", "hostile", "verdicts.md"));
    System.out.println(TRIALS.table());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void harmsNobodyElse(Case tried) throws Exception {
    assertThat(TRIALS.run(tried).faults()).isEmpty();
  }
}
