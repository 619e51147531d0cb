package benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker of one node, controller and broker in one process. */
public final class Kafka implements Peer {

  private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

  private final int port = Place.freePort();
  private final Child process;

  public Kafka(Place place) {
    Path directory = place.directory("kafka");
    String settings =
        Place.read(place.resource("peers/kafka.properties"))
            .replace("@PORT@", Integer.toString(port))
            .replace("@CONTROLLER@", Integer.toString(Place.freePort()))
            .replace("@DIRECTORY@", directory.resolve("log").toString());
    Path file = Place.write(directory.resolve("kafka.properties"), settings);
    format(place, directory, file);
    process =
        Child.start("kafka", directory, java(place, "kafka.Kafka", file.toString()))
            .awaitPort(port);
  }

  private static void format(Place place, Path directory, Path settings) {
    try {
      Process format =
          new ProcessBuilder(
                  java(
                      place,
                      "kafka.tools.StorageTool",
                      "format",
                      "-t",
                      CLUSTER,
                      "-c",
                      settings.toString()))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("format.log").toFile())
              .start();
      if (format.waitFor() != 0) {
        throw new IllegalStateException(Place.read(directory.resolve("format.log")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> java(Place place, String main, String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Place.jdk("java"),
                "-Xmx1g",
                "-Dlogback.configurationFile=" + place.resource("peers/logback.xml"),
                "-cp",
                place.classPath("benchmarks"),
                main));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Child process() {
    return process;
  }
}
