package dev.logaggregator.query;

import dev.logaggregator.listener.ConnectionLimit;
import dev.logaggregator.request.Places;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WaitingSettings.class)
class QueryConfiguration {

  @Bean
  Places downloads(WaitingSettings settings, ConnectionLimit limit) {
    int connections = limit.connections();
    return new Places(
        "downloads",
        new Places.Bound(
            settings.maxDownloadsWithin(connections), "aggregator.query.max-downloads"),
        new Places.Bound(
            settings.maxDownloadsPerClientWithin(connections),
            "aggregator.query.max-downloads-per-client"));
  }

  @Bean
  Places waiting(WaitingSettings settings, ConnectionLimit limit) {
    int connections = limit.connections();
    return new Places(
        "waiting requests",
        new Places.Bound(settings.maxWaitingWithin(connections), "aggregator.query.max-waiting"),
        new Places.Bound(
            settings.maxWaitingPerClientWithin(connections),
            "aggregator.query.max-waiting-per-client"));
  }
}
