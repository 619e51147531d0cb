package dev.logaggregator.journal;

import dev.logaggregator.journal.none.NoJournal;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalSettings.class)
class JournalConfiguration {

  /** Closed by the store, which must have the last word. */
  @Bean(destroyMethod = "")
  Journal journal(JournalSettings settings) {
    return switch (settings.journal()) {
      case NONE -> new NoJournal();
    };
  }
}
