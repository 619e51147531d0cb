package dev.logaggregator.store;

import dev.logaggregator.event.IdentityKey;
import dev.logaggregator.journal.Journal;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.worker.Workers;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties({
  RetentionSettings.class,
  DeduplicationSettings.class,
  TopicSettings.class
})
class StoreConfiguration {

  @Bean
  EventStore eventStore(
      Journal journal,
      RetentionSettings retention,
      DeduplicationSettings deduplication,
      TopicSettings topics,
      InstantSource clock,
      ObjectProvider<RoomState<?>> rooms,
      Workers workers,
      MemoryAccount memory) {
    return new EventStore(
        journal,
        retention,
        deduplication,
        topics,
        clock,
        rooms.stream().toList(),
        IdentityKey.random(),
        workers,
        memory);
  }

  @Bean
  RetentionSchedule retentionSchedule(EventStore store) {
    return new RetentionSchedule(store);
  }

  /** Ages the log when nobody publishes. */
  record RetentionSchedule(EventStore store) {

    @Scheduled(fixedDelay = 500)
    void enforce() {
      store.enforceRetention();
    }
  }
}
