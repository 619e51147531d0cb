package benchmarks.events;

import java.util.Locale;
import java.util.Random;

/** One event of a service that takes orders, with fields of few values, of many, and numbers. */
final class OrderLine implements SampleEvents.Line {

  private static final int CUSTOMERS = 100_000;
  private static final String[] SOURCES = {"checkout", "payments", "billing", "gateway"};
  private static final String[] LEVELS = {"INFO", "INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR"};
  private static final String[] CURRENCIES = {"EUR", "USD", "IDR"};
  private static final int[] STATUS = {200, 200, 200, 200, 201, 404, 503};
  private static final String[] MESSAGES = {
    "order accepted", "payment authorized", "upstream answered late", "refund was sent to the bank"
  };

  private final int topics;

  OrderLine(int topics) {
    this.topics = topics;
  }

  @Override
  public void write(int number, int milli, Random random, StringBuilder out) {
    out.append("{\"id\":\"0000000000000000\",\"timestamp\":\"2026-11-22T00:00:00.");
    out.append(String.format(Locale.ROOT, "%03d", milli)).append("Z\",\"topic\":\"");
    out.append(SampleLine.topicName(random.nextInt(topics))).append("\",\"source\":\"");
    out.append(pick(SOURCES, random)).append("\",\"level\":\"").append(pick(LEVELS, random));
    out.append("\",\"payload\":{\"order\":").append(1_000_000 + random.nextInt(9_000_000));
    out.append(",\"amount\":");
    out.append(String.format(Locale.ROOT, "%.2f", Math.abs(random.nextGaussian()) * 100));
    out.append(",\"status\":").append(STATUS[random.nextInt(STATUS.length)]);
    out.append(",\"currency\":\"").append(pick(CURRENCIES, random));
    out.append("\",\"customer\":\"c-").append(random.nextInt(CUSTOMERS));
    out.append("\",\"msg\":\"").append(pick(MESSAGES, random)).append("\"}}");
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }
}
