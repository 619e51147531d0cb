package dev.logaggregator.memory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MemorySettings.class)
class MemoryConfiguration {

  @Bean
  MemoryAccount memoryAccount(MemorySettings settings) {
    return new MemoryAccount(settings.maxBytesOrDefault());
  }
}
