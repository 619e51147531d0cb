package dev.logaggregator.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RefusedBodyConfiguration {

  /** Around everything that may refuse a request, so that the answer is there before the rest. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusedBodies() {
    return factory -> factory.addEngineValves(new RefusedBodyValve());
  }
}
