package benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/** FastAPI on uvicorn, appending to a list. */
public final class FastApi implements Peer {

  private final int port = Place.freePort();
  private final Child process;

  public FastApi(Place place) {
    Path source = place.resource("peers");
    process =
        Child.start(
                "fastapi",
                place.directory("fastapi"),
                List.of(
                    "/usr/bin/python3",
                    "-m",
                    "uvicorn",
                    "--app-dir",
                    source.toString(),
                    "--port",
                    Integer.toString(port),
                    "--log-level",
                    "warning",
                    "--no-access-log",
                    "fastapi_list:app"))
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
