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
        connections("9,000 silent connections", 1, Manner.IS_SILENT),
        connections("9,000 silent connections from 64 addresses", ADDRESSES, Manner.IS_SILENT),
        connections("9,000 heads, a byte a second", 1, Manner.SENDS_A_BYTE_A_SECOND),
        connections(
            "9,000 heads, a byte a second, from 64 addresses",
            ADDRESSES,
            Manner.SENDS_A_BYTE_A_SECOND),
        headsByBytes(World.SMALL, 1_500),
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

  static Case headsByBytes(World world, int clients) {
    return new Case(
        "%,d heads, a byte a second, beside as many silent connections".formatted(clients),
        world,
        onslaught -> {
          onslaught.crowd(clients, Manner.SENDS_A_BYTE_A_SECOND, get("/events"));
          onslaught.crowd(clients, Manner.IS_SILENT, get("/events"));
        });
  }

  private static Case connections(String name, int addresses, Manner manner) {
    return new Case(
            name,
            World.SMALL,
            onslaught ->
                onslaught.crowd(addresses, MORE_THAN_THERE_ARE, manner, number -> get("/events")))
        .besideOthers();
  }
}
