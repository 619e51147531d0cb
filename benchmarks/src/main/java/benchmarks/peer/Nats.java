package benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/** A NATS server with JetStream. */
public final class Nats implements Peer {

  private final int port = Place.freePort();
  private final Child process;

  public Nats(Place place) {
    Path directory = place.directory("nats");
    process =
        Child.start(
                "nats",
                directory,
                List.of(
                    "nats-server",
                    "-a",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-js",
                    "-sd",
                    directory.resolve("store").toString()))
            .awaitPort(port);
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
