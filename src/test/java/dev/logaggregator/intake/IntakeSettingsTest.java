package dev.logaggregator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IntakeSettingsTest {

  private static IntakeSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("aggregator.publish", IntakeSettings.class);
  }

  @Test
  void hasTheDefaultsOfTheContract() {
    IntakeSettings settings = bind(Map.of());
    assertThat(settings.maxEventBytes()).isEqualTo(1 << 20);
    assertThat(settings.maxRequestBytes()).isEqualTo(64 << 20);
    assertThat(settings.maxDepth()).isEqualTo(64);
    assertThat(settings.bodyTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void takesOthers() {
    IntakeSettings settings =
        bind(
            Map.of(
                "aggregator.publish.max-event", "2KB",
                "aggregator.publish.body-timeout", "250ms"));
    assertThat(settings.maxEventBytes()).isEqualTo(2048);
    assertThat(settings.bodyTimeout()).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @CsvSource({
    "max-event,0B",
    "max-event,-1B",
    "max-event,65MB",
    "max-request,0B",
    "max-request,257MB",
    "body-timeout,0s",
    "body-timeout,25h"
  })
  void refusesWhatMakesNoSense(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of("aggregator.publish." + name, value)))
        .rootCause()
        .hasMessageContaining("aggregator.publish.");
  }
}
