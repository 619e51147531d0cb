package dev.logaggregator.store.segment.column;

import java.util.List;
import java.util.Random;

/** Makes JSON of every kind, without white space, strange spellings included. */
final class RandomJson {

  private static final List<String> NAMES =
      List.of("a", "b", "order", "a.b", "", ".", "\\u0061", "q\\\"", "\u00e9", "\\ud83d", "z\\n");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.0",
          "-0.0",
          "1",
          "-1",
          "7",
          "99.50",
          "99.5",
          "1e5",
          "1E+5",
          "-1.0e-0",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "999999999999999999",
          "-999999999999999999",
          "0.000000000000000001",
          "123456789012345678901234567890",
          "1e400",
          "0.10",
          "10",
          "100000000000000000.1");
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "c-98850",
          "c-00017",
          "c-17",
          "\\\\",
          "\\\"",
          "\\u0000",
          "caf\u00e9",
          "\ud83d\ude00",
          "\\ud83d\\ude00",
          "\\ud83d",
          "true",
          "null",
          "12",
          "0012",
          "deadbeef00112233",
          "DEADBEEF00112233",
          "{}",
          "[1,2]",
          ",",
          ":",
          "\\n\\t",
          "00000000-0000-7000-8000-000000000000",
          "x".repeat(300));

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  /** Any value. */
  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0, 1 -> number();
      case 2, 3 -> text();
      case 4 -> pick(List.of("true", "false", "null"));
      case 5 -> array(depth);
      default -> object(depth, random.nextInt(5));
    };
  }

  String number() {
    return switch (random.nextInt(4)) {
      case 0 -> pick(NUMBERS);
      case 1 -> Integer.toString(random.nextInt(2000) - 1000);
      case 2 -> random.nextInt(1000) + "." + (10 + random.nextInt(90));
      default -> Double.toString(random.nextGaussian());
    };
  }

  String text() {
    return '"'
        + switch (random.nextInt(4)) {
          case 0 -> pick(TEXTS);
          case 1 -> "c-" + random.nextInt(100_000);
          case 2 -> "%016x".formatted(random.nextLong());
          default -> pick(TEXTS) + pick(TEXTS);
        }
        + '"';
  }

  private String array(int depth) {
    StringBuilder out = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(value(depth - 1)).append(i == 1 ? "" : ",");
    }
    return out.append(']').toString();
  }

  private String object(int depth, int members) {
    StringBuilder out = new StringBuilder("{");
    for (int i = members; i > 0; i--) {
      out.append('"').append(pick(NAMES)).append("\":");
      out.append(value(depth - 1)).append(i == 1 ? "" : ",");
    }
    return out.append('}').toString();
  }

  /** Attributes: an object of strings, or nothing. */
  String attributes() {
    if (random.nextBoolean()) {
      return "";
    }
    StringBuilder out = new StringBuilder("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append('"').append(pick(NAMES)).append("\":").append(text()).append(i == 1 ? "" : ",");
    }
    return out.append('}').toString();
  }

  /** Fills a text that has {@code #} for numbers, {@code $} for strings and {@code ?} for any. */
  String filled(String template) {
    StringBuilder out = new StringBuilder();
    for (char c : template.toCharArray()) {
      out.append(
          switch (c) {
            case '#' -> number();
            case '$' -> text();
            case '?' -> value(2);
            default -> String.valueOf(c);
          });
    }
    return out.toString();
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
