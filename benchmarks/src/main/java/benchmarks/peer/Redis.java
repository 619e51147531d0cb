package benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/** Redis in memory, without persistence. */
public final class Redis implements Peer {

  private final int port = Place.freePort();
  private final Child process;

  public Redis(Place place) {
    Path directory = place.directory("redis");
    process =
        Child.start(
                "redis",
                directory,
                List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no"))
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
