package dev.logaggregator.telemetry;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.RetentionSettings;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Says in the log what runs where, and what it promises. */
@Component
final class StartReport {

  private static final Logger log = LoggerFactory.getLogger(StartReport.class);

  private final EventStore store;
  private final RetentionSettings retention;
  private final String version;

  StartReport(
      EventStore store,
      RetentionSettings retention,
      ObjectProvider<BuildProperties> build,
      ObjectProvider<GitProperties> git) {
    this.store = store;
    this.retention = retention;
    StringJoiner versions = new StringJoiner(", ");
    build.ifAvailable(product -> versions.add(String.valueOf(product.getVersion())));
    git.ifAvailable(
        commit -> {
          if (commit.getShortCommitId() != null) { // as where the build had no repository
            versions.add("commit " + commit.getShortCommitId());
          }
        });
    version = versions.length() == 0 ? "of unknown version" : versions.toString();
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    log.info(
        "Ready at http://localhost:{}{} ({}): durability {}, retention {}, epoch {}",
        environment.getProperty("local.server.port"),
        environment.getProperty("server.servlet.context-path", "/"),
        version,
        store.durability().label(),
        bounds(),
        store.epoch());
  }

  private String bounds() {
    StringJoiner bounds = new StringJoiner(", ");
    bounds.add(DataSize.ofBytes(retention.maxBytesOrDefault()).toMegabytes() + "MB");
    if (retention.maxEvents() != null) {
      bounds.add(retention.maxEvents() + " events");
    }
    if (retention.maxAge() != null) {
      bounds.add(String.valueOf(retention.maxAge()));
    }
    int patterns = retention.topics().size();
    return patterns == 0
        ? bounds.toString()
        : bounds.add("and closer bounds for " + patterns + " topic patterns").toString();
  }
}
