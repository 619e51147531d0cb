package benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/** FastAPI on uvicorn, appending to a list. */
public final class FastApi implements Peer {

  private final int port = Place.freePort();
  private final Child process;

  private FastApi(Place place, String name, String loop, String http) {
    Path source = place.resource("peers");
    process =
        Child.start(
                name,
                place.directory(name),
                List.of(
                    "/usr/bin/python3",
                    "-m",
                    "uvicorn",
                    "--app-dir",
                    source.toString(),
                    "--port",
                    Integer.toString(port),
                    "--loop",
                    loop,
                    "--http",
                    http,
                    "--log-level",
                    "warning",
                    "--no-access-log",
                    "fastapi_list:app"))
            .awaitPort(port);
  }

  /** With nothing but what uvicorn brings along, as after {@code pip install fastapi uvicorn}. */
  public static FastApi plain(Place place) {
    return new FastApi(place, "fastapi-plain", "asyncio", "h11");
  }

  /** With uvloop and httptools, which make it faster. */
  public static FastApi accelerated(Place place) {
    return new FastApi(place, "fastapi", "uvloop", "httptools");
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
