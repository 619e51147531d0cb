package dev.logaggregator.subscription;

import dev.logaggregator.listener.ConnectionLimit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubscriptionSettings.class)
class SubscriptionConfiguration {

  @Bean
  WaitingPulls waitingPulls(SubscriptionSettings settings, ConnectionLimit limit) {
    int connections = limit.connections();
    return new WaitingPulls(
        settings.maxWaitingPullsWithin(connections),
        settings.maxWaitingPullsPerClientWithin(connections));
  }
}
