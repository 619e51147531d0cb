package benchmarks.events;

import java.util.Locale;
import java.util.Random;

/** One event of a web shop's services. */
final class SampleLine implements SampleEvents.Line {

  private static final String[] SOURCES = {
    "checkout", "payments", "inventory", "search", "gateway", "billing", "mailer", "catalog"
  };
  private static final String[] LEVELS = {
    "INFO", "INFO", "INFO", "INFO", "INFO", "DEBUG", "DEBUG", "WARN", "ERROR"
  };
  private static final String[] MESSAGES = {
    "order accepted for customer %d",
    "payment of order %d authorized",
    "reserved %d items in the warehouse",
    "cache miss, reading product %d",
    "retrying call to shipping, attempt %d",
    "session of user %d expired",
    "upstream answered late: %d ms",
    "connection pool has %d idle connections",
    "price list %d reloaded",
    "refund %d was sent to the bank",
    "basket %d merged after login",
    "mail to customer %d was bounced",
  };
  private static final int[] STATUS = {200, 200, 200, 200, 201, 204, 302, 400, 404, 500, 503};

  private final int topics;
  private final boolean skewed;

  SampleLine(int topics, boolean skewed) {
    this.topics = topics;
    this.skewed = skewed;
  }

  @Override
  public void write(int number, int milli, Random random, StringBuilder out) {
    int topic = skewed ? (int) (topics * Math.pow(random.nextDouble(), 3)) : number % topics;
    out.append("{\"id\":\"0000000000000000\",\"timestamp\":\"2026-11-22T00:00:00.");
    out.append(String.format(Locale.ROOT, "%03d", milli)).append("Z\",\"topic\":\"");
    out.append(topicName(topic)).append("\",\"source\":\"").append(pick(SOURCES, random));
    out.append('-')
        .append(random.nextInt(4))
        .append("\",\"level\":\"")
        .append(pick(LEVELS, random));
    out.append("\",\"payload\":{\"message\":\"");
    out.append(String.format(Locale.ROOT, pick(MESSAGES, random), random.nextInt(100_000)));
    out.append("\",\"status\":").append(STATUS[random.nextInt(STATUS.length)]);
    out.append(",\"millis\":").append((int) Math.abs(random.nextGaussian() * 300));
    out.append(",\"bytes\":").append(random.nextInt(1_000_000));
    out.append(",\"traceId\":\"").append(String.format(Locale.ROOT, "%016x", random.nextLong()));
    out.append("\"}}");
  }

  /** The name of a topic by its number; number 0 has the most events where they are skewed. */
  static String topicName(int number) {
    return "shop." + SOURCES[number % SOURCES.length] + ".t" + number;
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }
}
