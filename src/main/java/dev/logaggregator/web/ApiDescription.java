package dev.logaggregator.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API, written by hand in {@code openapi.yaml}: the controllers take raw
 * requests, in which a generator would find nothing.
 */
@RestController
final class ApiDescription {

  private static final ClassPathResource SOURCE = new ClassPathResource("openapi.yaml");

  /** Read when first asked for: most processes never are. */
  private final SingletonSupplier<byte[]> document;

  ApiDescription(JsonMapper json, ObjectProvider<BuildProperties> build) {
    document =
        SingletonSupplier.of(
            () -> {
              ObjectNode description = json.valueToTree(read());
              build.ifAvailable(
                  product -> description.withObject("/info").put("version", product.getVersion()));
              return json.writeValueAsBytes(description);
            });
  }

  @GetMapping("/v3/api-docs")
  ResponseEntity<byte[]> document() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.obtain());
  }

  /** Relative, so that it holds behind a proxy that adds a prefix. */
  @GetMapping("/swagger-ui.html")
  ResponseEntity<Void> page() {
    return ResponseEntity.status(HttpStatus.FOUND)
        .header(HttpHeaders.LOCATION, "swagger-ui/index.html")
        .build();
  }

  private static Map<String, Object> read() {
    try (InputStream source = SOURCE.getInputStream()) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
