package dev.logaggregator.stream;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on streams.
 *
 * @param maxStreams how many there may be; a further one is refused. Well under {@code
 *     server.tomcat.max-connections}, so that others find a connection too
 * @param maxStreamsPerClient the same for one client address
 * @param heartbeat a stream without events sends a comment so often
 * @param maxStall how long a client may leave what was sent to it unread before it is cut off; it
 *     can go on from its last event
 */
@Validated
@ConfigurationProperties("aggregator.stream")
record StreamSettings(
    @DefaultValue("4000") @Positive int maxStreams,
    @DefaultValue("500") @Positive int maxStreamsPerClient,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("10m") Duration maxStall) {

  /** Connections that streams leave to everybody else. */
  private static final int RESERVED_CONNECTIONS = 200;

  StreamSettings {
    requirePositive(heartbeat, "aggregator.stream.heartbeat");
    requirePositive(maxStall, "aggregator.stream.max-stall");
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than nothing");
    }
  }

  /**
   * Refuses to start with streams that could take every connection.
   *
   * @param maxConnections how many the server takes
   */
  void requireRoomWithin(int maxConnections) {
    if (maxStreams > maxConnections - RESERVED_CONNECTIONS) {
      throw new IllegalArgumentException(
          "aggregator.stream.max-streams (%d) must be at least %d below server.tomcat.max-connections (%d), so that health checks always get through"
              .formatted(maxStreams, RESERVED_CONNECTIONS, maxConnections));
    }
  }
}
