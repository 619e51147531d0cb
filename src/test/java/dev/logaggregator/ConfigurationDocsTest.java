package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what is written of the settings to the settings that there are. */
class ConfigurationDocsTest {

  private static final Path METADATA =
      Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");
  private static final Path YAML = Path.of("src", "main", "resources", "application.yaml");
  private static final Path DOCS = Path.of("docs", "configuration.md");

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(aggregator\\.[a-z.-]+)` \\| `?([A-Z_–]+)`? \\| ([^|]+) \\|", Pattern.MULTILINE);

  /** {@code # key: default # … VARIABLE}, where an empty default is none. */
  private static final Pattern COMMENTED =
      Pattern.compile("^#( +)([a-z-]+):(?: +([^# ][^#]*?))? +#.*? ([A-Z_]+|\\(only in YAML\\))$");

  private static final Pattern COMMENTED_PARENT = Pattern.compile("^#( *)([a-z-]+):$");

  private record Setting(String variable, String defaultValue) {}

  /** The settings, by name, with the default where there is a constant one. */
  private static Map<String, String> settings() throws IOException {
    JsonNode metadata = JsonMapper.shared().readTree(Files.readString(METADATA));
    return metadata
        .path("properties")
        .valueStream()
        .filter(property -> property.path("name").stringValue().startsWith("aggregator."))
        .collect(
            Collectors.toMap(
                property -> property.path("name").stringValue(),
                property -> property.path("defaultValue").asString("")));
  }

  @Test
  void theDocsListEverySettingWithItsDefaultAndNoOther() throws IOException {
    Map<String, Setting> documented = new LinkedHashMap<>();
    Matcher row = ROW.matcher(Files.readString(DOCS));
    while (row.find()) {
      documented.put(row.group(1), new Setting(row.group(2), row.group(3)));
    }

    assertAgree(documented, settings());
  }

  @Test
  void theYamlShowsEverySettingWithItsDefaultAndNoOther() throws IOException {
    assertAgree(commentedSettings(Files.readAllLines(YAML)), settings());
  }

  private static Map<String, Setting> commentedSettings(List<String> lines) {
    Map<String, Setting> shown = new LinkedHashMap<>();
    Map<Integer, String> parents = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher parent = COMMENTED_PARENT.matcher(line);
      Matcher setting = COMMENTED.matcher(line);
      if (parent.matches()) {
        int depth = parent.group(1).length() / 2;
        parents.put(depth, path(parents, depth, parent.group(2)));
      } else if (setting.matches()) {
        int depth = setting.group(1).length() / 2;
        String value = setting.group(3) == null ? "" : setting.group(3);
        shown.put(path(parents, depth, setting.group(2)), new Setting(setting.group(4), value));
      }
    }
    return shown;
  }

  private static String path(Map<Integer, String> parents, int depth, String name) {
    return depth == 0 ? name : parents.get(depth - 1) + "." + name;
  }

  private static void assertAgree(Map<String, Setting> written, Map<String, String> settings) {
    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(settings.keySet());
    written.forEach(
        (name, setting) -> {
          if (setting.variable.matches("[A-Z_]+")) {
            assertThat(setting.variable).isEqualTo(variableOf(name));
          }
          if (!settings.get(name).isEmpty()) {
            assertThat(setting.defaultValue).as(name).isEqualTo(settings.get(name));
          }
        });
  }

  private static String variableOf(String name) {
    return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
