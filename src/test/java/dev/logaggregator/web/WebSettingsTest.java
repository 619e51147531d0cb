package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class WebSettingsTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
          .withUserConfiguration(Settings.class);

  @EnableConfigurationProperties(WebSettings.class)
  static class Settings {}

  @Test
  void nothingIsAllowedByDefault() {
    runner.run(
        context -> {
          assertThat(context.getBean(WebSettings.class).allowedHosts()).isEmpty();
          assertThat(context.getBean(WebSettings.class).allowedOrigins()).isEmpty();
        });
  }

  @Test
  void severalAreSeparatedByCommas() {
    runner
        .withPropertyValues(
            "aggregator.web.allowed-hosts=logs.example,build-7",
            "aggregator.web.allowed-origins=https://a.example,http://b.example:3000")
        .run(
            context -> {
              assertThat(context.getBean(WebSettings.class).allowedHosts())
                  .containsExactlyInAnyOrder("logs.example", "build-7");
              assertThat(context.getBean(WebSettings.class).allowedOrigins())
                  .containsExactlyInAnyOrder("https://a.example", "http://b.example:3000");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://logs.example", "logs.example:8080", "*", "a/b"})
  void whatIsNoHostNameStopsTheStart(String host) {
    runner
        .withPropertyValues("aggregator.web.allowed-hosts=" + host)
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "null", "dashboard.example", "https://a.example/path", "https://*"})
  void whatIsNoOriginStopsTheStart(String origin) {
    runner
        .withPropertyValues("aggregator.web.allowed-origins=" + origin)
        .run(context -> assertThat(context).hasFailed());
  }
}
