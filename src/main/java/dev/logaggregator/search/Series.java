package dev.logaggregator.search;

import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values by which a histogram is divided, each with a number of its own. One thread at a time.
 */
public final class Series {

  /** What a chart may be divided by. */
  public enum By {
    TOPIC,
    LEVEL,
    SOURCE;

    /** The event's value; null if it has none. */
    @Nullable String value(EventView event) {
      return switch (this) {
        case TOPIC -> event.topic().name();
        case LEVEL -> {
          Level level = event.level();
          yield level == null ? null : level.name();
        }
        case SOURCE -> event.source();
      };
    }
  }

  /** What events without a value are counted under; no topic, level or usual source. */
  static final String NONE = "(none)";

  /** What all values beyond the most frequent ones are counted under. */
  static final String OTHER = "(other)";

  /** How many values a chart can show apart. */
  static final int MOST = 50;

  private final @Nullable By by;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final boolean open;
  private boolean crowded;

  private Series(@Nullable By by, List<String> values, boolean open) {
    this.by = by;
    this.open = open;
    add(NONE);
    if (!open) {
      add(OTHER);
      values.forEach(this::add);
    }
  }

  /** Without division. */
  static Series undivided() {
    return new Series(null, List.of(), false);
  }

  /** Those values that come, as long as they are not too many. */
  static Series asTheyCome(By by) {
    return new Series(by, List.of(), true);
  }

  /** Those values; all else is {@link #OTHER}. */
  static Series of(By by, List<String> values) {
    return new Series(by, values, false);
  }

  private int add(String name) {
    names.add(name);
    numbers.put(name, names.size() - 1);
    return names.size() - 1;
  }

  /** The number of the event's value. */
  int number(EventView event) {
    String value = by == null ? null : by.value(event);
    if (value == null) {
      return 0;
    }
    Integer number = numbers.get(value);
    if (number != null) {
      return number;
    }
    if (open && names.size() <= MOST) {
      return add(value);
    }
    crowded |= open;
    return 1;
  }

  /** Whether there came more values than can be told apart, so that the numbers mean nothing. */
  boolean isCrowded() {
    return crowded;
  }

  /** How many numbers there are. */
  int size() {
    return names.size();
  }

  /** The values, by number. */
  List<String> names() {
    return names;
  }
}
