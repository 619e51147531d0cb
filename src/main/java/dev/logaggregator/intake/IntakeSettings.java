package dev.logaggregator.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits on what publishers send. Sizes are those after decompression.
 *
 * @param maxEvent of one event, as it was sent, and of what is kept of it
 * @param maxRequest of a request's body
 * @param maxDepth how deep a payload's objects and arrays may nest
 * @param bodyTimeout how long a body may go without a single byte; and a body in which one event
 *     stays incomplete for longer must come at a least rate
 */
@Validated
@ConfigurationProperties("aggregator.publish")
public record IntakeSettings(
    @DefaultValue("1MB") DataSize maxEvent,
    @DefaultValue("64MB") DataSize maxRequest,
    @DefaultValue("64") @Min(1) @Max(1000) int maxDepth,
    @DefaultValue("30s") Duration bodyTimeout) {

  /** Positions in a body are ints, and encoding may take several times its size. */
  private static final DataSize MOST = DataSize.ofMegabytes(256);

  public IntakeSettings {
    requireWithin("max-event", maxEvent, maxRequest);
    requireWithin("max-request", maxRequest, MOST);
    if (bodyTimeout.compareTo(Duration.ofMillis(1)) < 0
        || bodyTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "aggregator.publish.body-timeout must be between 1ms and 1d");
    }
  }

  private static void requireWithin(String name, DataSize size, DataSize most) {
    if (size.toBytes() < 1 || size.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "aggregator.publish.%s must be between 1B and %dB".formatted(name, most.toBytes()));
    }
  }

  /** {@link #maxEvent}, in bytes. */
  public int maxEventBytes() {
    return (int) maxEvent.toBytes();
  }

  /** {@link #maxRequest}, in bytes. */
  public int maxRequestBytes() {
    return (int) maxRequest.toBytes();
  }
}
