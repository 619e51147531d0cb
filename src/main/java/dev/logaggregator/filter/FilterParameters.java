package dev.logaggregator.filter;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants, as all readers say it. The alternatives within one parameter are
 * joined by or, the parameters by and.
 *
 * @param topics names and patterns; if there are none, all topics but the system's
 * @param sources exact; empty for any
 * @param levels empty for any
 * @param minLevel this level and above; null for any
 * @param ids exact; empty for any
 * @param since earliest {@code timestamp}, inclusive; null for no bound
 * @param until latest {@code timestamp}, exclusive; null for no bound
 * @param query the filter language; null for everything
 */
public record FilterParameters(
    List<TopicPattern> topics,
    Set<String> sources,
    Set<Level> levels,
    @Nullable Level minLevel,
    Set<String> ids,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Query query) {

  /** The names of the parameters, in the order in which they are described. */
  public static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of("topic", "source", "level", "minLevel", "id", "since", "until", "q")));

  private static final int BYTES_A_FILTER = 256;
  private static final int BYTES_A_TEXT = 128;

  public FilterParameters {
    topics = List.copyOf(topics);
    sources = Set.copyOf(sources);
    levels = Set.copyOf(levels);
    ids = Set.copyOf(ids);
  }

  /**
   * Reads the parameters of a request; those that are not in {@link #NAMES} are not looked at.
   *
   * @param now what durations ago are before
   * @throws InvalidEventException for the parameter that is malformed
   */
  public static FilterParameters parse(Map<String, String[]> parameters, Instant now) {
    ParameterReader reader = new ParameterReader(parameters);
    return new FilterParameters(
        reader.all("topic", TopicPattern::parse),
        Set.copyOf(reader.all("source", value -> value)),
        Set.copyOf(reader.all("level", value -> level("level", value))),
        reader.one("minLevel", value -> level("minLevel", value)),
        Set.copyOf(reader.all("id", value -> value)),
        reader.one("since", value -> moment("since", value, now)),
        reader.one("until", value -> moment("until", value, now)),
        reader.one("q", value -> Query.parse(value, now)));
  }

  /**
   * A filter that is kept rather than asked once, so that it has no "ago".
   *
   * @param q the filter language; null for everything
   * @throws InvalidEventException for {@code q} when it is malformed
   */
  public static FilterParameters of(List<TopicPattern> topics, @Nullable String q) {
    Query query = q == null ? null : Query.parse(q, null);
    return new FilterParameters(topics, Set.of(), Set.of(), null, Set.of(), null, null, query);
  }

  /** Memory that {@link #compile} takes, more or less. */
  public long sizeBytes() {
    int characters = 0;
    for (TopicPattern pattern : topics) {
      characters += BYTES_A_TEXT + pattern.toString().length();
    }
    for (Set<String> texts : List.of(sources, ids)) {
      for (String text : texts) {
        characters += BYTES_A_TEXT + text.length();
      }
    }
    return BYTES_A_FILTER + characters + (query == null ? 0 : query.sizeBytes());
  }

  private static Level level(String parameter, String text) {
    Level level = Level.parse(text.strip());
    if (level == null) {
      throw new InvalidEventException(parameter, "must be one of " + Levels.NAMES);
    }
    return level;
  }

  private static Instant moment(String parameter, String text, Instant now) {
    Instant moment = Moments.parse(text, now);
    if (moment == null) {
      throw new InvalidEventException(parameter, "must be a time: " + Moments.FORMS);
    }
    return moment;
  }

  /** The one condition that all of this is, for the readers of one log. */
  public EventFilter compile() {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(topicCondition());
    if (!levels.isEmpty()) {
      conditions.add(LevelCondition.where(levels::contains));
    }
    if (minLevel != null) {
      conditions.add(LevelCondition.where(level -> level.compareTo(minLevel) >= 0));
    }
    if (since != null || until != null) {
      conditions.add(
          new TimestampCondition(
              new TimeRange(
                  since == null ? Instant.MIN : since, until == null ? Instant.MAX : until)));
    }
    if (!sources.isEmpty()) {
      conditions.add(new KeyCondition(KeyField.SOURCE, sources));
    }
    if (!ids.isEmpty()) {
      conditions.add(new KeyCondition(KeyField.ID, ids));
    }
    if (query != null) {
      conditions.add(query.condition());
    }
    return AllOf.of(conditions);
  }

  private Condition topicCondition() {
    TermCount one = new TermCount();
    Set<Topic> named = new HashSet<>();
    for (TopicPattern pattern : topics) {
      String name = pattern.exactName();
      if (name == null) {
        return new TopicCondition(this::accepts, one);
      }
      named.add(new Topic(name));
    }
    return named.isEmpty()
        ? new TopicCondition(this::accepts, one)
        : new TopicCondition(named, one);
  }

  private boolean accepts(Topic topic) {
    return topics.isEmpty()
        ? !topic.isSystem()
        : topics.stream().anyMatch(pattern -> pattern.matches(topic));
  }
}
