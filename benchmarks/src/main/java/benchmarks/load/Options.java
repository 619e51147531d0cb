package benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the command line says, each as {@code --name=value}. */
final class Options {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("parts", "single,batch,retained,growth,stream,counting"),
          Map.entry("runs", "5"),
          Map.entry("seconds", "10"),
          Map.entry("warmup", "15"),
          Map.entry("peers", "fastapi,nginx,redis,nats,kafka,duckdb,grep"),
          Map.entry("connections", "4"),
          Map.entry("events", "10000000"),
          Map.entry("heap", "4g"),
          Map.entry("jvm", ""),
          Map.entry("profile", "false"),
          Map.entry("readers", "1000"),
          Map.entry("soak-minutes", "10"),
          Map.entry("limit-minutes", "90"));

  private final Map<String, String> values = new TreeMap<>(DEFAULTS);

  Options(String... arguments) {
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      String name = pair[0].startsWith("--") ? pair[0].substring(2) : pair[0];
      if (pair.length < 2 || !values.containsKey(name)) {
        throw new IllegalArgumentException(
            "no such option: " + argument + "; there are these, with their defaults: " + values);
      }
      values.put(name, pair[1]);
    }
  }

  int number(String name) {
    return Integer.parseInt(values.get(name));
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(values.get(name));
  }

  String text(String name) {
    return values.get(name);
  }

  List<String> list(String name) {
    String value = values.get(name).toLowerCase(Locale.ROOT);
    return value.isBlank() ? List.of() : List.of(value.split(","));
  }

  /** Flags for the service's JVM. */
  List<String> jvm() {
    String flags = text("jvm").strip();
    return flags.isEmpty()
        ? List.of("-Xmx" + text("heap"))
        : List.of(("-Xmx" + text("heap") + " " + flags).split("\\s+"));
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
