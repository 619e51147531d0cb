package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;

/** What each request pays for before a controller sees it. */
class RequestPathIT {

  @Test
  void aRequestPassesOurFiltersAndNoneOfSpringsOwn() {
    ServletContext context = RunningAggregator.shared().bean(ServletContext.class);

    assertThat(context.getFilterRegistrations().keySet())
        .containsExactlyInAnyOrder("noSniffing", "browserGuard", "publishTimer", "queryTimer");
  }
}
