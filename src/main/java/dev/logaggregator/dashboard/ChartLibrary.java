package dev.logaggregator.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves uPlot beside the dashboard's own files, under a path without its version. */
@Configuration(proxyBeanMethods = false)
class ChartLibrary implements WebMvcConfigurer {

  private static final String POM = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final String FILES = "classpath:/META-INF/resources/webjars/uplot/%s/dist/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/dashboard/uplot/**")
        .addResourceLocations(FILES.formatted(version()))
        .setUseLastModified(false)
        .setCacheControl(CacheControl.noCache());
  }

  private static String version() {
    try {
      return PropertiesLoaderUtils.loadAllProperties(POM).getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
