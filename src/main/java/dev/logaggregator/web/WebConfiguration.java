package dev.logaggregator.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceChainRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the room's filters, valves and headers in their places. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
@Order(WebConfiguration.BEFORE_SPRING_BOOT)
class WebConfiguration implements WebMvcConfigurer {

  /** Spring Boot maps its own web resources at 0, unless somebody took the pattern. */
  static final int BEFORE_SPRING_BOOT = -1;

  private static final String SWAGGER_UI = "classpath:/META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_UI_POM =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final ProblemWriter problems;

  WebConfiguration(ProblemWriter problems) {
    this.problems = problems;
  }

  @Bean
  FilterRegistrationBean<NoSniffing> noSniffing() {
    return filter(new NoSniffing(), Ordered.HIGHEST_PRECEDENCE);
  }

  @Bean
  FilterRegistrationBean<BrowserGuard> browserGuard(WebSettings settings) {
    return filter(new BrowserGuard(settings, problems), Ordered.HIGHEST_PRECEDENCE + 1);
  }

  /** Off: the dispatcher servlet does the same, and no filter of ours asks for it. */
  @Bean
  FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
    FilterRegistrationBean<RequestContextFilter> registration =
        filter(new RequestContextFilter(), Ordered.LOWEST_PRECEDENCE);
    registration.setEnabled(false);
    return registration;
  }

  private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> filter(
      T filter, int order) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.setAsyncSupported(true);
    return registration;
  }

  /** After Spring Boot's own customizer, so that this valve is the inner one and answers first. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              StandardHost host = (StandardHost) context.getParent();
              host.setErrorReportValveClass(null);
              host.getPipeline().addValve(new ProblemReportValve(problems));
            });
  }

  /**
   * Parameters come from the query string alone. Otherwise asking for one would consume the body
   * that {@code curl -d} sends as a form.
   */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesAreNeverParameters() {
    return factory ->
        factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
  }

  /** Instead of Spring's, which log and answer in words of their own. */
  @Override
  public void configureHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    resolvers.add(new ProblemResolver(problems));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new PageHeaders());
  }

  /**
   * Our pages, and Swagger UI from its own jar, under a path without its version, with our
   * initializer in front. Nothing else that happens to lie in a jar.
   */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    files(registry, "/**", "classpath:/static/");
    files(
        registry,
        "/swagger-ui/**",
        "classpath:/swagger-ui/",
        SWAGGER_UI + swaggerUiVersion() + "/");
  }

  /** The build gives all files the same time, so that two releases can't be told apart by it. */
  private static void files(ResourceHandlerRegistry registry, String pattern, String... locations) {
    ResourceChainRegistration held =
        registry
            .addResourceHandler(pattern)
            .setUseLastModified(false)
            .setCacheControl(CacheControl.noCache())
            .resourceChain(false);
    for (String location : locations) {
      held.addResolver(new HeldFiles(location));
    }
  }

  private static String swaggerUiVersion() {
    try {
      return PropertiesLoaderUtils.loadAllProperties(SWAGGER_UI_POM).getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
