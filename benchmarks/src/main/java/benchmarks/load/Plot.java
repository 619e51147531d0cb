package benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Milliseconds over a count, both logarithmic, as SVG. */
final class Plot {

  private static final String[] COLOURS = {
    "#1b6ac9", "#d1495b", "#2e933c", "#8e44ad", "#e08e0b", "#0b8a8a", "#555555"
  };
  private static final int WIDTH = 460;
  private static final int HEIGHT = 300;
  private static final int LEFT = 55;
  private static final int TOP = 20;
  private static final double MIN_MILLIS = 0.01;
  private static final double MAX_MILLIS = 100;
  private static final int LEGEND_HEIGHT = 20;

  private final String axis;
  private final Map<String, TreeMap<Long, Double>> lines = new LinkedHashMap<>();

  Plot(String axis) {
    this.axis = axis;
  }

  void add(String line, long at, double millis) {
    lines.computeIfAbsent(line, unseen -> new TreeMap<>()).put(at, millis);
  }

  /** Several beside each other, with one legend. */
  static String svg(Plot... plots) {
    int width = plots.length * (WIDTH + LEFT + 30);
    int legend = plots[0].lines.size() * LEGEND_HEIGHT;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    svg.append("\" height=\"").append(HEIGHT + TOP + 60 + legend);
    svg.append("\" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    for (int i = 0; i < plots.length; i++) {
      plots[i].draw(LEFT + i * (WIDTH + LEFT + 30), svg);
    }
    int y = TOP + HEIGHT + 60;
    int colour = 0;
    for (String line : plots[0].lines.keySet()) {
      svg.append(
          format(
              "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>"
                  + "<text x=\"%d\" y=\"%d\">%s, p50</text>%n",
              LEFT, y, COLOURS[colour++ % COLOURS.length], LEFT + 22, y + 6, line));
      y += LEGEND_HEIGHT;
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(int left, StringBuilder svg) {
    long first = lines.values().stream().mapToLong(TreeMap::firstKey).min().orElse(1);
    long last =
        Math.max(lines.values().stream().mapToLong(TreeMap::lastKey).max().orElse(10), first * 10);
    for (double millis = MIN_MILLIS; millis <= MAX_MILLIS * 1.01; millis *= 10) {
      double y = y(millis);
      svg.append(
          format(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s ms</text>%n",
              left, left + WIDTH, y, y, left - 5, y + 4, number(millis)));
    }
    for (long at = first; at <= last; at *= 10) {
      svg.append(
          format(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
              left + x(at, first, last), TOP + HEIGHT + 16, at));
    }
    svg.append(
        format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
            left + WIDTH / 2, TOP + HEIGHT + 36, axis));
    int colour = 0;
    for (TreeMap<Long, Double> line : lines.values()) {
      StringBuilder points = new StringBuilder();
      line.forEach(
          (at, millis) ->
              points.append(format("%.1f,%.1f ", left + x(at, first, last), y(millis))));
      svg.append(
          format(
              "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"%s\"/>%n",
              COLOURS[colour++ % COLOURS.length], points.toString().strip()));
    }
  }

  private static double x(long at, long first, long last) {
    return WIDTH * Math.log((double) at / first) / Math.log((double) last / first);
  }

  private static double y(double millis) {
    double bounded = Math.clamp(millis, MIN_MILLIS, MAX_MILLIS);
    return TOP + HEIGHT * (1 - Math.log(bounded / MIN_MILLIS) / Math.log(MAX_MILLIS / MIN_MILLIS));
  }

  private static String number(double value) {
    return value >= 1 ? format("%.0f", value) : format("%s", Math.round(value * 1000) / 1000.0);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
