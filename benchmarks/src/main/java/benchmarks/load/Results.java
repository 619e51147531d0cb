package benchmarks.load;

import benchmarks.peer.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured so far, in the order in which it was; written anew with each value. */
final class Results {

  private record Line(String part, String subject, String unit) {}

  private final Map<Line, List<Double>> values = new LinkedHashMap<>();
  private final Path file;
  private final String about;

  /**
   * @param file without an extension
   * @param about the machine and the command
   */
  Results(Path file, String about) {
    this.file = file;
    this.about = about;
  }

  /** Adds a value of a run. */
  void add(String part, String subject, String unit, double value) {
    values.computeIfAbsent(new Line(part, subject, unit), unseen -> new ArrayList<>()).add(value);
    System.out.printf(Locale.ROOT, "  %-10s %-44s %14s %s%n", part, subject, shown(value), unit);
    Place.write(Path.of(file + ".json"), json());
    Place.write(Path.of(file + ".csv"), csv());
  }

  /** All medians, with the spread, as a Markdown table. */
  String table() {
    StringBuilder table = new StringBuilder(about).append("\n\n");
    table.append("| part | what | median | min – max | runs | unit |\n");
    table.append("|---|---|---:|---:|---:|---|\n");
    values.forEach(
        (line, runs) -> {
          Samples samples = samples(runs);
          table.append("| ").append(line.part).append(" | ").append(line.subject).append(" | ");
          table.append(shown(samples.median())).append(" | ");
          table.append(runs.size() == 1 ? "" : shown(samples.min()) + " – " + shown(samples.max()));
          table.append(" | ").append(runs.size()).append(" | ").append(line.unit).append(" |\n");
        });
    return table.toString();
  }

  private static Samples samples(List<Double> runs) {
    return Samples.of(runs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static String shown(double value) {
    String pattern = value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, pattern, value);
  }

  private String csv() {
    StringBuilder csv = new StringBuilder("part,subject,unit,median,min,max,runs\n");
    values.forEach(
        (line, runs) -> {
          Samples samples = samples(runs);
          csv.append(line.part).append(",\"").append(line.subject).append("\",").append(line.unit);
          csv.append(',').append(samples.median()).append(',').append(samples.min()).append(',');
          csv.append(samples.max()).append(',').append(runs.size()).append('\n');
        });
    return csv.toString();
  }

  private String json() {
    StringBuilder json = new StringBuilder("{\"about\":\"" + about.replace("\"", "'") + "\",");
    json.append("\"results\":[");
    String separator = "\n";
    for (Map.Entry<Line, List<Double>> entry : values.entrySet()) {
      Line line = entry.getKey();
      json.append(separator).append("{\"part\":\"").append(line.part).append("\",\"subject\":\"");
      json.append(line.subject).append("\",\"unit\":\"").append(line.unit).append("\",\"runs\":");
      json.append(entry.getValue()).append('}');
      separator = ",\n";
    }
    return json.append("\n]}\n").toString();
  }
}
