package dev.logaggregator.hostile;

import static dev.logaggregator.hostile.Request.get;

import java.util.List;

/** Clients that take connections, which are all that they take. */
final class ConnectionCases {

  private static final int MORE_THAN_THERE_ARE = 9_000;
  private static final int ADDRESSES = 64;

  private ConnectionCases() {}

  static List<Case> all() {
    return List.of(
        connections("9,000 silent connections", World.SMALL, 1, Manner.IS_SILENT),
        connections(
            "9,000 silent connections from 64 addresses", World.SMALL, ADDRESSES, Manner.IS_SILENT),
        heads(World.SMALL),
        connections(
            "9,000 heads, a byte a second, from 64 addresses",
            World.SMALL,
            ADDRESSES,
            Manner.SENDS_A_BYTE_A_SECOND),
        new Case(
                "a foreign Host",
                World.SMALL,
                onslaught ->
                    onslaught.crowd(50, Manner.READS, get("/events").with("Host: rebound.example")))
            .then(
                onslaught ->
                    onslaught.expect(
                        onslaught.answers().count(200) == 0, "a foreign Host was served")));
  }

  /** More heads than there are connections, each a byte a second. */
  static Case heads(World world) {
    return connections("9,000 heads, a byte a second", world, 1, Manner.SENDS_A_BYTE_A_SECOND);
  }

  private static Case connections(String name, World world, int addresses, Manner manner) {
    return new Case(
            name,
            World.SMALL,
            onslaught ->
                onslaught.crowd(addresses, MORE_THAN_THERE_ARE, manner, number -> get("/events")))
        .besideOthers();
  }
}
