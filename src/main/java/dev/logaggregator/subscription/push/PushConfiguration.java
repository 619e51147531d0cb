package dev.logaggregator.subscription.push;

import dev.logaggregator.webhook.AddressRules;
import dev.logaggregator.webhook.CheckedResolver;
import java.net.InetAddress;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PushSettings.class)
class PushConfiguration {

  @Bean
  AddressRules addressRules(PushSettings settings) {
    return new AddressRules(settings.privateAddresses());
  }

  @Bean
  CheckedResolver.Names names() {
    return InetAddress::getAllByName;
  }

  @Bean
  CheckedResolver checkedResolver(AddressRules rules, CheckedResolver.Names names) {
    return new CheckedResolver(rules, names);
  }
}
