package dev.logaggregator.dashboard;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A picture of a page as a file to keep in a repository: of 256 colours, which takes half the room,
 * and where the eye doesn't miss the others.
 */
final class Picture {

  private static final int COLOURS = 256;
  private static final int FARTHEST = 3 * 255 * 255;

  private final BufferedImage full;

  private Picture(BufferedImage full) {
    this.full = full;
  }

  static void write(byte[] png, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    BufferedImage full = ImageIO.read(new ByteArrayInputStream(png));
    ImageIO.write(new Picture(full).withFewColours(), "png", file.toFile());
  }

  private BufferedImage withFewColours() {
    int width = full.getWidth();
    int height = full.getHeight();
    int[] pixels = full.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    Arrays.stream(pixels).forEach(pixel -> counts.merge(pixel, 1, Integer::sum));
    int[] colours = palette(counts);
    IndexColorModel model =
        new IndexColorModel(8, colours.length, colours, 0, false, -1, /* TYPE_BYTE */ 0);
    BufferedImage reduced =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    Map<Integer, Integer> nearest = new HashMap<>();
    int[] indexes =
        Arrays.stream(pixels)
            .map(pixel -> nearest.computeIfAbsent(pixel, one -> nearest(one, colours)))
            .toArray();
    reduced.getRaster().setPixels(0, 0, width, height, indexes);
    return reduced;
  }

  /**
   * Those that would be missed most: how often they occur, and how far from all others they are.
   */
  private static int[] palette(Map<Integer, Integer> counts) {
    int[] all = counts.keySet().stream().mapToInt(colour -> colour).toArray();
    double[] missed = new double[all.length];
    Arrays.setAll(missed, i -> Math.sqrt(counts.get(all[i])) * FARTHEST);
    int[] chosen = new int[Math.min(COLOURS, all.length)];
    for (int n = 0; n < chosen.length; n++) {
      int next = indexOfMost(missed);
      chosen[n] = all[next];
      Arrays.setAll(
          missed,
          i -> Math.min(missed[i], Math.sqrt(counts.get(all[i])) * distance(all[i], all[next])));
    }
    return chosen;
  }

  private static int indexOfMost(double[] values) {
    return IntStream.range(0, values.length)
        .reduce(0, (best, i) -> values[i] > values[best] ? i : best);
  }

  private static int nearest(int colour, int[] colours) {
    return IntStream.range(0, colours.length)
        .boxed()
        .min(Comparator.comparingInt(i -> distance(colour, colours[i])))
        .orElseThrow();
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift : new int[] {0, 8, 16}) {
      int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
      sum += difference * difference;
    }
    return sum;
  }
}
