package dev.logaggregator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ActuatorIT {

  private final RunningAggregator aggregator = RunningAggregator.shared();

  @Test
  void healthSaysThatTheLogIsUpAndWhatItPromises() {
    JsonNode health = aggregator.getJson("/actuator/health");

    assertThat(health.path("status").stringValue()).isEqualTo("UP");
    JsonNode log = health.path("components").path("log");
    assertThat(log.path("status").stringValue()).isEqualTo("UP");
    assertThat(log.path("details").path("durability").stringValue()).isEqualTo("memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"liveness", "readiness"})
  void probesAreUp(String probe) {
    assertThat(aggregator.getJson("/actuator/health/" + probe).path("status").stringValue())
        .isEqualTo("UP");
  }

  @Test
  void infoSaysVersion() {
    JsonNode info = aggregator.getJson("/actuator/info");

    assertThat(info.path("build").path("version").stringValue()).isNotBlank();
    assertThat(info.propertyNames()).doesNotContain("java", "os", "process", "env");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/auditevents",
        "/beans",
        "/caches",
        "/conditions",
        "/configprops",
        "/env",
        "/heapdump",
        "/httpexchanges",
        "/logfile",
        "/loggers",
        "/mappings",
        "/metrics",
        "/sbom",
        "/scheduledtasks",
        "/shutdown",
        "/startup",
        "/threaddump"
      })
  void nothingElseIsExposed(String endpoint) {
    assertThat(aggregator.get("/actuator" + endpoint).statusCode()).isEqualTo(404);
  }
}
