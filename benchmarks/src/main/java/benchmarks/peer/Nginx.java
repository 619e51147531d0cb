package benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/** nginx with nchan, and with an empty answer as the ceiling of what the load generator can do. */
public final class Nginx implements Peer {

  private final int port = Place.freePort();
  private final Child process;

  public Nginx(Place place) {
    Path directory = place.directory("nginx");
    String settings =
        Place.read(place.resource("peers/nginx.conf")).replace("@PORT@", Integer.toString(port));
    Path file = Place.write(directory.resolve("nginx.conf"), settings);
    process =
        Child.start(
                "nginx",
                directory,
                List.of("nginx", "-p", directory.toString(), "-c", file.toString()))
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
