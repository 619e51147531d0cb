package dev.logaggregator.web;

import dev.logaggregator.RunningAggregator;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * A method and a path that a running service answers. They come from its own mappings, so that a
 * new one is among them by itself; variables are filled in.
 *
 * @param path without query
 */
record Route(String method, String path) {

  /** What no controller answers: files, and nothing. */
  private static final List<String> OTHER_PATHS =
      List.of("/", "/index.html", "/dashboard/app.js", "/swagger-ui/index.html", "/nothing");

  private static final Set<String> ANY = Set.of("GET", "POST", "PUT", "DELETE");

  static List<Route> of(RunningAggregator aggregator) {
    Set<String> routes = new TreeSet<>();
    ApplicationContext context =
        WebApplicationContextUtils.getRequiredWebApplicationContext(
            aggregator.bean(ServletContext.class));
    context
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(
            mappings -> mappings.getHandlerMethods().keySet().forEach(info -> add(info, routes)));
    for (String path : OTHER_PATHS) {
      ANY.forEach(method -> routes.add(method + " " + path));
    }
    List<Route> all = new ArrayList<>();
    for (String route : routes) {
      String[] parts = route.split(" ", 2);
      all.add(new Route(parts[0], parts[1]));
    }
    return all;
  }

  private static void add(RequestMappingInfo info, Set<String> routes) {
    Set<String> methods = new TreeSet<>();
    info.getMethodsCondition().getMethods().forEach(method -> methods.add(method.name()));
    for (String pattern : info.getPatternValues()) {
      String path =
          pattern
              .replaceAll("/\\*\\*$", "/x")
              .replaceAll("\\{offset}", "0")
              .replaceAll("\\{[^}]*}", "x");
      (methods.isEmpty() ? ANY : methods).forEach(method -> routes.add(method + " " + path));
    }
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
