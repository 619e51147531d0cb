package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.filter.RandomEvents;
import dev.logaggregator.filter.RandomEvents.Sample;
import dev.logaggregator.filter.SampleSegment;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.search.NaiveFields.Named;
import dev.logaggregator.search.ValueCounts.Sort;
import dev.logaggregator.search.ValueCounts.ValueCount;
import dev.logaggregator.store.segment.column.RowGroup;
import dev.logaggregator.store.segment.column.SegmentReader;
import dev.logaggregator.store.segment.column.SegmentWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Counting over fields of random events gives what a plain evaluation of the events' trees gives,
 * however the events lie, and are divided among scanners. Repeat a failure with {@code
 * -Dsearch.seed=…}.
 */
class NaiveCountingTest {

  private static final int EVENTS = 60;
  private static final String REPLACED =
      new String(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0xBD}, StandardCharsets.UTF_8);

  private final SegmentWriter writer = new SegmentWriter();
  private Room room = room();
  private int counted;

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void countingGivesWhatAPlainEvaluationGives() {
    compare(400);
  }

  @Test
  @Tag("long")
  void countingGivesWhatAPlainEvaluationGivesForLong() {
    compare(20_000);
  }

  private void compare(int rounds) {
    long firstSeed = Long.getLong("search.seed", System.nanoTime());
    for (long seed = firstSeed; seed < firstSeed + rounds; seed++) {
      Random random = new Random(seed);
      room = room();
      List<Sample> samples = samples(random);
      Question question = Question.random(random);
      try {
        compareValues(question, samples, random);
        compareBuckets(question, samples, random);
        compareFields(samples, random);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + question, e);
      }
    }
    // Else the comparison would say little.
    assertThat(counted).isGreaterThan(rounds);
  }

  /** Some of them many times, so that there are shapes that are worth columns. */
  private static List<Sample> samples(Random random) {
    RandomEvents events = new RandomEvents(random);
    List<Sample> few = Stream.generate(events::next).limit(1 + random.nextInt(8)).toList();
    int often = random.nextInt(10);
    return Stream.generate(
            () -> random.nextInt(10) < often ? few.get(random.nextInt(few.size())) : events.next())
        .limit(EVENTS)
        .toList();
  }

  private static Room room() {
    return new Room(new MemoryAccount(1L << 30).claim(Use.COUNTS, "test"));
  }

  /** What is asked of the events. */
  private record Question(String by, @Nullable String of, Function function, Sort sort, int limit) {

    static Question random(Random random) {
      Function[] functions = Function.values();
      boolean measured = random.nextInt(4) > 0;
      return new Question(
          field(random),
          measured ? field(random) : null,
          functions[random.nextInt(functions.length)],
          measured && random.nextBoolean() ? Sort.VALUE : Sort.COUNT,
          1 + random.nextInt(20));
    }

    private static String field(Random random) {
      List<String> names =
          new ArrayList<>(List.of("topic", "source", "level", "payload", "a", "b.c", "Status"));
      RandomEvents.NAMES.stream().filter(name -> !name.isBlank()).forEach(names::add);
      String name = names.get(random.nextInt(names.size()));
      return switch (random.nextInt(6)) {
        case 0 -> "payload." + name;
        case 1 -> "attributes." + name;
        default -> name;
      };
    }

    @Nullable Measure measure() {
      return of == null ? null : new Measure(FieldReader.of(of), function);
    }
  }

  /** Events of which the same is counted. */
  private static final class Group {

    private final List<String> operands = new ArrayList<>();
    private long count;

    Figure figure(Question question) {
      if (question.function == Function.UNIQUE) {
        int distinct = new HashSet<>(operands).size();
        return question.of == null ? Figure.NONE : new Figure(distinct, false);
      }
      List<Double> numbers =
          operands.stream()
              .map(NaiveFields::number)
              .filter(number -> number.isPresent())
              .map(number -> number.getAsDouble())
              .sorted()
              .toList();
      return numbers.isEmpty()
          ? Figure.NONE
          : new Figure(number(question.function, numbers), false);
    }

    private static double number(Function function, List<Double> sorted) {
      BigDecimal sum =
          sorted.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
      return switch (function) {
        case MIN -> sorted.getFirst();
        case MAX -> sorted.getLast();
        case SUM -> sum.doubleValue();
        case AVG -> sum.doubleValue() / sorted.size();
        case P50 -> ranked(sorted, 50);
        case P90 -> ranked(sorted, 90);
        case P95 -> ranked(sorted, 95);
        case P99 -> ranked(sorted, 99);
        case UNIQUE -> throw new AssertionError();
      };
    }

    private static double ranked(List<Double> sorted, int percent) {
      return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
  }

  private static List<String> values(String field, Sample sample) {
    return NaiveFields.values(field, sample).stream().map(NaiveCountingTest::replaced).toList();
  }

  /** Half surrogate pairs are no characters. */
  private static String replaced(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                result.append(REPLACED);
              } else {
                result.appendCodePoint(c);
              }
            });
    return result.toString();
  }

  private static List<String> operands(Question question, Sample sample) {
    return question.of == null ? List.of() : NaiveFields.values(question.of, sample);
  }

  private void compareValues(Question question, List<Sample> samples, Random random) {
    Map<String, Group> groups = new HashMap<>();
    for (Sample sample : samples) {
      for (String value : values(question.by, sample)) {
        Group group = groups.computeIfAbsent(value, any -> new Group());
        group.count++;
        group.operands.addAll(operands(question, sample));
      }
    }
    FieldReader by = FieldReader.of(question.by);
    ValueCounts counts =
        ValueCounts.sum(split(samples, random, () -> ValueCounts.of(by, question.measure(), room)));

    assertThat(counts.total()).isEqualTo(groups.values().stream().mapToLong(g -> g.count).sum());
    assertThat(counts.isTruncated()).isFalse();
    List<ValueCount> actual = counts.first(Integer.MAX_VALUE, question.sort);
    assertThat(actual)
        .extracting(ValueCount::value)
        .containsExactlyInAnyOrderElementsOf(groups.keySet());
    for (ValueCount value : actual) {
      assertSame(value.count(), value.figure(), groups.get(value.value()), question);
    }
    assertThat(actual).isSortedAccordingTo(order(question.sort));
    assertThat(counts.first(question.limit, question.sort))
        .isEqualTo(actual.subList(0, Math.min(question.limit, actual.size())));
    counted += actual.size();
  }

  private static Comparator<ValueCount> order(Sort sort) {
    Comparator<ValueCount> byCount = Comparator.comparingLong(ValueCount::count).reversed();
    Comparator<ValueCount> byFigure =
        Comparator.comparing(
            (ValueCount value) ->
                value.figure().isPresent() ? -value.figure().value() : Double.POSITIVE_INFINITY);
    Comparator<ValueCount> byName =
        Comparator.comparing(
            value -> value.value().getBytes(StandardCharsets.UTF_8),
            java.util.Arrays::compareUnsigned);
    return (sort == Sort.VALUE ? byFigure.thenComparing(byCount) : byCount).thenComparing(byName);
  }

  private static void assertSame(
      long count, Figure figure, @Nullable Group expected, Question question) {
    Group group = expected == null ? new Group() : expected;
    assertThat(count).isEqualTo(group.count);
    Figure naive = group.figure(question);
    if (group.count == 0 || (question.function == Function.UNIQUE && naive.value() == 0)) {
      assertThat(figure.isPresent()).isFalse();
      return;
    }
    assertThat(figure.isPresent()).isEqualTo(naive.isPresent());
    if (figure.isPresent() && !figure.approximate()) {
      double tolerance = Math.abs(naive.value()) * 1e-15 + Double.MIN_VALUE;
      assertThat(figure.value()).isEqualTo(naive.value(), offset(tolerance));
    }
    boolean huge =
        group.operands.stream()
            .anyMatch(text -> Math.abs(NaiveFields.number(text).orElse(0)) > 1e307);
    assertThat(!figure.approximate() || huge).isTrue();
  }

  private void compareBuckets(Question question, List<Sample> samples, Random random) {
    BucketWidth width = BucketWidth.of(Duration.ofSeconds(1 + random.nextInt(3)));
    FieldReader by = FieldReader.of(question.by);
    List<BucketCounts> parts =
        split(
            samples,
            random,
            () -> BucketCounts.fixed(Series.of(by, room), question.measure(), width, room));
    if (parts.stream().anyMatch(BucketCounts::isUseless)) {
      return;
    }
    Histogram histogram =
        Histogram.of(parts, new HistogramRange(width, null, null), question.limit, room);
    List<String> names = histogram.names();
    assertThat(names).isEqualTo(mostFrequent(question, samples));
    Map<Instant, Map<Integer, Group>> expected = new TreeMap<>();
    for (Sample sample : samples) {
      long millis = sample.event().timestamp().toEpochMilli();
      Map<Integer, Group> groups =
          expected.computeIfAbsent(
              Instant.ofEpochMilli(width.start(width.bucket(millis))), any -> new HashMap<>());
      List<Integer> numbers = new ArrayList<>(List.of(-3));
      List<String> values = values(question.by, sample);
      values.forEach(value -> numbers.add(names.indexOf(value)));
      if (values.isEmpty()) {
        numbers.add(-2);
      }
      for (int number : numbers) {
        Group group = groups.computeIfAbsent(number, any -> new Group());
        group.count++;
        group.operands.addAll(operands(question, sample));
      }
    }
    for (int bucket = 0; bucket < histogram.size(); bucket++) {
      Map<Integer, Group> groups = expected.getOrDefault(histogram.start(bucket), Map.of());
      assertSame(histogram.all(bucket), groups.get(-3), question);
      assertSame(histogram.none(bucket), groups.get(-2), question);
      assertSame(histogram.other(bucket), groups.get(-1), question);
      for (int name = 0; name < names.size(); name++) {
        assertSame(histogram.named(bucket, name), groups.get(name), question);
      }
    }
  }

  private static void assertSame(Histogram.Part part, @Nullable Group group, Question question) {
    assertSame(part.events(), part.figure(), group, question);
  }

  private static List<String> mostFrequent(Question question, List<Sample> samples) {
    Map<String, Integer> counts = new HashMap<>();
    samples.forEach(
        sample ->
            values(question.by, sample).forEach(value -> counts.merge(value, 1, Integer::sum)));
    return counts.keySet().stream()
        .sorted(
            Comparator.comparing((String value) -> -counts.getOrDefault(value, 0))
                .thenComparing(Comparator.naturalOrder()))
        .limit(question.limit)
        .toList();
  }

  private void compareFields(List<Sample> samples, Random random) {
    Map<String, Set<Integer>> events = new HashMap<>();
    Map<String, Set<String>> kinds = new HashMap<>();
    Map<String, Set<String>> texts = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      for (Named named : NaiveFields.all(samples.get(i))) {
        String field = replaced(named.field());
        events.computeIfAbsent(field, any -> new HashSet<>()).add(i);
        kinds.computeIfAbsent(field, any -> new HashSet<>()).add(named.kind());
        texts.computeIfAbsent(field, any -> new HashSet<>()).add(named.text());
      }
    }
    FieldCounts counts = FieldCounts.sum(split(samples, random, () -> new FieldCounts(room)));

    assertThat(counts.events()).isEqualTo(samples.size());
    assertThat(counts.isTruncated()).isFalse();
    List<FieldCounts.Field> fields = counts.mostFrequent(Integer.MAX_VALUE);
    assertThat(fields)
        .extracting(FieldCounts.Field::name)
        .containsExactlyInAnyOrderElementsOf(events.keySet());
    for (FieldCounts.Field field : fields) {
      String name = field.name();
      FieldFigures figures = field.figures();
      Set<String> kind = kinds.getOrDefault(name, Set.of());
      assertThat(figures.events()).as(name).isEqualTo(events.getOrDefault(name, Set.of()).size());
      assertThat(figures.kind())
          .as(name)
          .isEqualTo(kind.size() == 1 ? kind.iterator().next() : "mixed");
      Set<String> values = texts.getOrDefault(name, Set.of());
      assertThat(figures.distinct()).as(name).isEqualTo(new Figure(values.size(), false));
      double[] numbers =
          values.stream()
              .map(NaiveFields::number)
              .filter(number -> number.isPresent() && !figures.kind().equals("text"))
              .mapToDouble(number -> number.getAsDouble())
              .sorted()
              .toArray();
      assertThat(figures.min().isPresent()).as(name).isEqualTo(numbers.length > 0);
      if (numbers.length > 0) {
        assertThat(figures.min().value()).as(name).isEqualTo(numbers[0]);
        assertThat(figures.max().value()).as(name).isEqualTo(numbers[numbers.length - 1]);
      }
    }
  }

  /** Lets two count, as scanners would: single events, and such that lie in columns. */
  private <C extends EventCounter> List<C> split(
      List<Sample> samples, Random random, Supplier<C> counter) {
    CountedPart<C> one = new CountedPart<>(counter.get());
    CountedPart<C> other = new CountedPart<>(counter.get());
    int single = random.nextInt(3) * samples.size() / 2;
    EventBatch.Builder builder = new EventBatch.Builder(Instant.EPOCH);
    samples.subList(0, single).forEach(sample -> sample.event().addTo(builder));
    EventBatch batch = builder.build();
    EventView view = new EventView(batch.topics()::get);
    view.attach(batch.bytes(), 0);
    for (int i = 0; i < batch.size(); i++) {
      view.moveTo(batch.start(i));
      (random.nextBoolean() ? one : other).count(view);
    }
    if (single < samples.size()) {
      SegmentReader inColumns = SampleSegment.of(samples.subList(single, samples.size()), writer);
      for (int i = 0; i < inColumns.groups(); i++) {
        splitRows(inColumns.group(i), random, one, other);
      }
    }
    return List.of(one.counter(), other.counter());
  }

  private static void splitRows(
      RowGroup group, Random random, CountedPart<?> one, CountedPart<?> other) {
    BitSet matching = RowSelection.all(group.size());
    BitSet rest = new BitSet();
    if (random.nextBoolean()) {
      matching = RowSelection.where(matching, row -> random.nextBoolean()).possible();
      rest = RowSelection.all(group.size());
      rest.andNot(matching);
    }
    one.count(group, matching);
    other.count(group, rest);
  }
}
