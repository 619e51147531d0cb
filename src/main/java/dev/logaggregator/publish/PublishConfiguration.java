package dev.logaggregator.publish;

import dev.logaggregator.intake.IntakeSettings;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the connector treats bodies. */
@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

  /** Ends the wait for a body's next byte. */
  @Bean
  TomcatConnectorCustomizer uploads(IntakeSettings settings) {
    return connector -> {
      if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
        http.setDisableUploadTimeout(false);
        http.setConnectionUploadTimeout((int) settings.bodyTimeout().toMillis());
      }
    };
  }
}
