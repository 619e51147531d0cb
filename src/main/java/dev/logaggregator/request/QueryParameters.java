package dev.logaggregator.request;

import dev.logaggregator.event.InvalidEventException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a request. Whatever is wrong with one is an error that says what to change. */
public final class QueryParameters {

  private static final int MOST_DIGITS = 9;

  private final Map<String, String[]> values;

  private QueryParameters(Map<String, String[]> values) {
    this.values = values;
  }

  /**
   * @param known the names that the endpoint understands
   * @throws InvalidEventException when there is a parameter of another name, naming those known
   */
  public static QueryParameters of(HttpServletRequest request, Set<String> known) {
    Map<String, String[]> values = request.getParameterMap();
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidEventException(
            quoted(name),
            known.isEmpty()
                ? "is not a parameter here: there are none"
                : "is not a parameter here; these are: " + String.join(", ", new TreeSet<>(known)));
      }
    }
    return new QueryParameters(values);
  }

  /** All parameters, each with its values, as the servlet API has them. */
  public Map<String, String[]> asMap() {
    return values;
  }

  /** Whether the parameter is there. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * The value of a parameter that may be there once; null when it isn't.
   *
   * @throws InvalidEventException when it is repeated
   */
  public @Nullable String text(String name) {
    String[] all = values.get(name);
    if (all == null) {
      return null;
    }
    if (all.length > 1) {
      throw new InvalidEventException(name, "must not be repeated");
    }
    return all[0];
  }

  /**
   * A whole number.
   *
   * @throws InvalidEventException when it is none, or out of bounds, naming them
   */
  public int number(String name, int smallest, int largest, int whenAbsent) {
    String text = text(name);
    if (text == null) {
      return whenAbsent;
    }
    if (!text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = Integer.parseInt(text);
      if (number >= smallest && number <= largest) {
        return number;
      }
    }
    throw new InvalidEventException(
        name,
        "must be a whole number from " + smallest + " to " + largest + ", not " + quoted(text));
  }

  /**
   * A yes or a no; no when it is absent.
   *
   * @throws InvalidEventException when it is neither
   */
  public boolean flag(String name) {
    String text = text(name);
    return switch (text) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      case null -> false;
      default ->
          throw new InvalidEventException(
              name, "must be 1 or 0, true or false, not " + quoted(text));
    };
  }

  /**
   * One of the constants of an enum, written in any case.
   *
   * @throws InvalidEventException when it is none of them, naming them
   */
  public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    String allowed =
        Arrays.stream(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new InvalidEventException(name, "must be one of " + allowed + ", not " + quoted(text));
  }

  /** What a caller wrote, short enough for an error. */
  public static String quoted(String text) {
    return InvalidEventException.quoted(text);
  }
}
