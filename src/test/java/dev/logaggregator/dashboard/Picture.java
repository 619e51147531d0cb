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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A picture of a page as a file to keep in a repository: of the 256 colours that are most frequent
 * in it, which takes half the room, and of which the eye doesn't miss the others.
 */
final class Picture {

  private static final int COLOURS = 256;

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
    List<Integer> palette =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    int[] colours = palette.stream().mapToInt(colour -> colour).toArray();
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
