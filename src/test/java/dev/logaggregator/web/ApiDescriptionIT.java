package dev.logaggregator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import jakarta.servlet.ServletContext;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Holds the description, which is written by hand, to the routes that there are. */
class ApiDescriptionIT {

  private static final RunningAggregator AGGREGATOR = RunningAggregator.shared();

  private static final Set<String> NOT_PART_OF_THE_API =
      Set.of("GET /v3/api-docs", "GET /swagger-ui.html");
  private static final Pattern KNOWN_PARAMETERS =
      Pattern.compile("(?:these are:|which has) (?!none)(.*)");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> routes = new TreeSet<>();
    WebApplicationContextUtils.getRequiredWebApplicationContext(
            AGGREGATOR.bean(ServletContext.class))
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> routes.addAll(routesOf(mapping)));
    routes.removeAll(NOT_PART_OF_THE_API);

    Set<String> described = new TreeSet<>();
    description()
        .path("paths")
        .forEachEntry(
            (path, operations) ->
                operations.propertyNames().stream()
                    .filter(METHODS::contains)
                    .filter(_ -> !path.startsWith("/actuator/"))
                    .forEach(
                        method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

    assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
  }

  private static List<String> routesOf(RequestMappingInfo mapping) {
    return mapping.getPatternValues().stream()
        .flatMap(
            pattern ->
                mapping.getMethodsCondition().getMethods().stream()
                    .map(method -> method.name() + " " + pattern))
        .toList();
  }

  static Stream<Arguments> operations() {
    return description().path("paths").properties().stream()
        .filter(path -> !path.getKey().startsWith("/actuator/"))
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .map(
                        operation ->
                            Arguments.of(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue())));
  }

  /** A route that is given a parameter it doesn't know names all that it knows. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("operations")
  void describesEveryParameterAndNoOther(String method, String path, JsonNode operation) {
    String somewhere =
        path.replace("{topic}", "described")
            .replace("{name}", "described")
            .replace("{offset}", "0");
    Set<String> known = new TreeSet<>();
    for (String type : operation.at("/responses/200/content").propertyNames()) {
      HttpResponse<String> response =
          AGGREGATOR.send(
              AGGREGATOR
                  .request(somewhere + "?unheard-of=1", "Accept", type)
                  .method(method, BodyPublishers.noBody())
                  .build());
      assertThat(response.statusCode()).isEqualTo(400);
      known.addAll(namedBy(RunningAggregator.json(response).path("detail").stringValue()));
    }

    assertThat(queryParameters(operation)).containsExactlyInAnyOrderElementsOf(known);
  }

  private static List<String> namedBy(String detail) {
    Matcher names = KNOWN_PARAMETERS.matcher(detail);
    return names.find() ? List.of(names.group(1).split(", ")) : List.of();
  }

  private static List<String> queryParameters(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .map(
            parameter ->
                parameter.has("$ref")
                    ? description().at(parameter.path("$ref").stringValue().substring(1))
                    : parameter)
        .filter(parameter -> parameter.path("in").stringValue().equals("query"))
        .map(parameter -> parameter.path("name").stringValue())
        .toList();
  }

  static Stream<String> actuatorPaths() {
    return description().path("paths").propertyNames().stream()
        .filter(path -> path.startsWith("/actuator/"));
  }

  @ParameterizedTest
  @MethodSource("actuatorPaths")
  void everyDescribedActuatorPathIsThere(String path) {
    assertThat(AGGREGATOR.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    JsonNode description = description();

    assertThat(description.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(description.at(reference.substring(1)).isMissingNode()).isFalse());
  }

  @Test
  void operationIdsAreUnique() {
    assertThat(description().findValuesAsString("operationId")).doesNotHaveDuplicates();
  }

  @Test
  void saysTheProductsVersion() {
    assertThat(description().path("openapi").stringValue()).isEqualTo("3.1.0");
    assertThat(description().path("info").path("version").stringValue())
        .isEqualTo(
            AGGREGATOR.getJson("/actuator/info").path("build").path("version").stringValue());
  }

  private static JsonNode description() {
    return AGGREGATOR.getJson("/v3/api-docs");
  }
}
