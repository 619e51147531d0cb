package dev.logaggregator.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is timed. */
@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

  @Bean
  FilterRegistrationBean<RequestTimer> publishTimer(MeterRegistry registry) {
    return timer(
        new RequestTimer(registry, "aggregator.publish", "Time to answer a publish"), "/publish/*");
  }

  @Bean
  FilterRegistrationBean<RequestTimer> queryTimer(MeterRegistry registry) {
    return timer(
        new RequestTimer(registry, "aggregator.query", "Time to answer a query"), "/events/*");
  }

  private static FilterRegistrationBean<RequestTimer> timer(RequestTimer timer, String pattern) {
    FilterRegistrationBean<RequestTimer> registration = new FilterRegistrationBean<>(timer);
    registration.addUrlPatterns(pattern);
    registration.setAsyncSupported(true);
    return registration;
  }
}
