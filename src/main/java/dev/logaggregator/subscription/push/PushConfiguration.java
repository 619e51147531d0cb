package dev.logaggregator.subscription.push;

import java.net.InetAddress;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushSettings.class)
class PushConfiguration {

  @Bean
  CheckedResolver.Names names() {
    return InetAddress::getAllByName;
  }

  @Bean
  CheckedResolver checkedResolver(AddressRules rules, CheckedResolver.Names names) {
    return new CheckedResolver(rules, names);
  }
}
