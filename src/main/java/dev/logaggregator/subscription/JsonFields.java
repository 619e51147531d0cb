package dev.logaggregator.subscription;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.filter.Durations;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.request.SmallBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object that somebody sent. Whatever is wrong with it is an error that names the field. */
final class JsonFields {

  private static final int MOST_BYTES = 1 << 20;

  /** Of a body: its bytes, its text, and what the texts in it take as they are handed on. */
  private static final long BYTES_OF_TEXT = 4;

  /** Of a value or a name: its node, a place in its parent, and a text without its characters. */
  private static final long BYTES_OF_NODE = 128;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String prefix;
  private final JsonNode object;

  private JsonFields(String prefix, JsonNode object, Set<String> known) {
    this.prefix = prefix;
    this.object = object;
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw new InvalidEventException(
            prefix + name,
            "is not known here; these are: " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /**
   * The body of a request; an empty one is an object without members.
   *
   * @param known the names of the members that are understood
   * @param claim for the body, and for what is made of it
   */
  static JsonFields of(HttpServletRequest request, Set<String> known, Claim claim)
      throws IOException {
    byte[] body = SmallBody.read(request, MOST_BYTES, claim);
    return body.length == 0
        ? new JsonFields("", JSON.createObjectNode(), known)
        : new JsonFields("", object(body, claim), known);
  }

  private static JsonNode object(byte[] body, Claim claim) {
    try {
      claim.atLeast(BYTES_OF_TEXT * body.length + BYTES_OF_NODE * nodes(body));
      JsonNode json = JSON.readTree(body);
      if (!json.isObject()) {
        throw new InvalidEventException(null, "The body must be a JSON object.");
      }
      return json;
    } catch (JacksonException e) {
      throw new InvalidEventException(null, "The body is not JSON: " + e.getOriginalMessage());
    }
  }

  /** How many nodes the body would become, at most. */
  private static long nodes(byte[] body) {
    long tokens = 0;
    try (JsonParser parser = JSON.createParser(body)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  /** The fields of a member that is an object; null if it isn't there. */
  @Nullable JsonFields object(String name, Set<String> known) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong(name, "must be an object");
    }
    return new JsonFields(prefix + name + ".", value, known);
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /** An error of a field. */
  InvalidEventException wrong(String name, String reason) {
    return new InvalidEventException(prefix + name, reason);
  }

  @Nullable String text(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      throw wrong(name, "must be a string");
    }
    return value.asString();
  }

  /** A string, or a number as it was written. */
  @Nullable String textOrNumber(String name) {
    JsonNode value = value(name);
    return value != null && value.isIntegralNumber() ? value.asString() : text(name);
  }

  /** Empty if it isn't there. */
  List<String> texts(String name, int most) {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.size() > most) {
      throw wrong(name, "must be an array of at most " + most + " strings");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isString()) {
        throw wrong(name, "must be an array of strings");
      }
      texts.add(element.asString());
    }
    return texts;
  }

  /** Null if it isn't there. */
  @Nullable Set<Long> numbers(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    Set<Long> numbers = new TreeSet<>();
    for (JsonNode element : value) {
      if (!element.isIntegralNumber() || !element.canConvertToLong()) {
        throw wrong(name, "must be an array of whole numbers");
      }
      numbers.add(element.asLong());
    }
    if (!value.isArray()) {
      throw wrong(name, "must be an array of whole numbers");
    }
    return numbers;
  }

  int number(String name, int smallest, int largest, int whenAbsent) {
    JsonNode value = value(name);
    if (value == null) {
      return whenAbsent;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < smallest
        || value.asInt() > largest) {
      throw wrong(name, "must be a whole number from " + smallest + " to " + largest);
    }
    return value.asInt();
  }

  Duration duration(String name, Duration longest, Duration whenAbsent) {
    String text = text(name);
    if (text == null) {
      return whenAbsent;
    }
    Duration duration = Durations.parse(prefix + name, text);
    if (duration.compareTo(longest) > 0 || duration.toMillis() < 1) {
      throw wrong(name, "must be from 1ms to " + Durations.format(longest));
    }
    return duration;
  }
}
