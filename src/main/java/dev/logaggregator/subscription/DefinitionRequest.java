package dev.logaggregator.subscription;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.filter.Query;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code PUT /subscriptions/{name}} is sent.
 *
 * @param definition with an empty secret where it has a push target
 * @param start where a new subscription starts
 * @param secret as it was sent; null if it wasn't
 */
record DefinitionRequest(Definition definition, Start start, @Nullable String secret) {

  static final Set<String> KNOWN =
      Set.of(
          "topics", "q", "start", "ackDeadline", "maxDeliveries", "backoff", "maxInFlight", "push");

  private static final int MOST_TOPICS = 100;
  private static final int MOST_DELIVERIES = 1_000;
  private static final int MOST_IN_FLIGHT = 100_000;
  private static final int LONGEST_URL = 2_048;
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration ACK_DEADLINE = Duration.ofSeconds(30);
  private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofMinutes(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final String SECRET_PREFIX = "whsec_";

  /**
   * @param now what durations ago are before
   * @throws InvalidEventException for what is wrong
   */
  static DefinitionRequest parse(JsonFields fields, Instant now) {
    List<String> topics = fields.texts("topics", MOST_TOPICS);
    topics.forEach(topic -> requireTopic(fields, topic));
    String q = fields.text("q");
    if (q != null) {
      Query.parse(q, null);
    }
    String start = fields.textOrNumber("start");
    JsonFields push = fields.object("push", Set.of("url", "timeout", "secret"));
    Definition definition =
        new Definition(
            topics,
            q,
            fields.duration("ackDeadline", LONGEST, ACK_DEADLINE),
            fields.number("maxDeliveries", 1, MOST_DELIVERIES, 5),
            backoff(fields),
            fields.number("maxInFlight", 1, MOST_IN_FLIGHT, 1_000),
            push == null ? null : target(push));
    return new DefinitionRequest(
        definition,
        start == null ? new Start.Latest() : Start.parse("start", start, now),
        push == null ? null : secret(push));
  }

  private static void requireTopic(JsonFields fields, String topic) {
    try {
      TopicPattern.parse(topic);
    } catch (InvalidEventException e) {
      throw fields.wrong("topics", e.reason());
    }
  }

  private static Backoff backoff(JsonFields fields) {
    JsonFields backoff = fields.object("backoff", Set.of("min", "max"));
    if (backoff == null) {
      return new Backoff(BACKOFF_MIN, BACKOFF_MAX);
    }
    Duration min = backoff.duration("min", LONGEST, BACKOFF_MIN);
    Duration max =
        backoff.duration("max", LONGEST, min.compareTo(BACKOFF_MAX) > 0 ? min : BACKOFF_MAX);
    if (min.compareTo(max) > 0) {
      throw backoff.wrong("min", "must not be longer than backoff.max");
    }
    return new Backoff(min, max);
  }

  private static PushTarget target(JsonFields push) {
    String text = push.text("url");
    if (text == null || text.length() > LONGEST_URL) {
      throw push.wrong("url", "must be there, with at most " + LONGEST_URL + " characters");
    }
    URI url;
    try {
      url = new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw push.wrong("url", "must be an address such as http://billing:9000/hook");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme)
        || url.getHost() == null
        || url.getPort() == 0
        || url.getPort() > 65_535) {
      throw push.wrong("url", "must be an address such as http://billing:9000/hook");
    }
    if (url.getUserInfo() != null || url.getFragment() != null) {
      throw push.wrong("url", "must have neither a user nor a fragment; requests are signed");
    }
    return new PushTarget(url, push.duration("timeout", LONGEST_TIMEOUT, TIMEOUT), "", null, null);
  }

  /** As Standard Webhooks has them: 24 to 64 bytes in Base64. */
  private static @Nullable String secret(JsonFields push) {
    String secret = push.text("secret");
    if (secret == null) {
      return null;
    }
    if (secret.startsWith(SECRET_PREFIX)) {
      try {
        int bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length;
        if (bytes >= 24 && bytes <= 64) {
          return secret;
        }
      } catch (IllegalArgumentException notBase64) {
        // Said below.
      }
    }
    throw push.wrong(
        "secret", "must be whsec_ and 24 to 64 bytes in Base64; without one, one is made");
  }
}
