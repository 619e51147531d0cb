package dev.logaggregator;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/// Holds the modules to the boundaries they declare, and `docs/architecture.md` to what they
/// declare.
class ModularityTest {

  private static final Path DIAGRAMS = Path.of("target", "modulith");
  private static final Path DESCRIPTION = Path.of("docs", "architecture.md");
  private static final Pattern DRAWING =
      Pattern.compile("^```mermaid\nflowchart TB\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern TABLE_ROW = Pattern.compile("^\\| \\[`(\\w+)`]", Pattern.MULTILINE);

  /// Those which may be used by all, so that no arrow to them is drawn.
  private static final Set<String> FOR_ALL = Set.of("event", "json", "memory", "worker");

  private static final Set<String> FOR_NONE = Set.of("web", "dashboard", "telemetry");

  private final ApplicationModules modules = ApplicationModules.of(LogAggregator.class);

  /// That one room may use another.
  private record Arrow(String from, String to) {

    @Override
    public String toString() {
      return from + " --> " + to;
    }
  }

  @Test
  void modulesKeepTheirBoundaries() {
    modules.verify();
  }

  @Test
  void drawsTheModules() {
    new Documenter(modules, Documenter.Options.defaults().withOutputFolder(DIAGRAMS.toString()))
        .writeModulesAsPlantUml()
        .writeIndividualModulesAsPlantUml();

    assertThat(DIAGRAMS.resolve("components.puml")).isNotEmptyFile();
  }

  @Test
  void theDrawingHasEachArrowThatIsDeclaredButThoseToWhatAllMayUse() throws IOException {
    Matcher drawing = DRAWING.matcher(Files.readString(DESCRIPTION));
    assertThat(drawing.find()).isTrue();
    List<String> drawn = drawing.group(1).lines().map(String::strip).toList();

    assertThat(drawn)
        .containsExactlyInAnyOrderElementsOf(
            declared()
                .filter(arrow -> !FOR_ALL.contains(arrow.to()))
                .map(Arrow::toString)
                .toList());
  }

  @Test
  void whatAllMayUseUsesAtMostItsLike() {
    assertThat(declared().filter(arrow -> FOR_ALL.contains(arrow.from())))
        .allSatisfy(arrow -> assertThat(FOR_ALL).contains(arrow.to()));
  }

  @Test
  void noModuleMayUseThoseForNone() {
    assertThat(rooms()).containsAll(FOR_NONE);
    assertThat(declared()).noneSatisfy(arrow -> assertThat(FOR_NONE).contains(arrow.to()));
  }

  @Test
  void theTableHasEachModuleOnce() throws IOException {
    Stream<String> described =
        TABLE_ROW.matcher(Files.readString(DESCRIPTION)).results().map(row -> row.group(1));

    assertThat(described).containsExactlyInAnyOrderElementsOf(rooms());
  }

  private Set<String> rooms() {
    return modules.stream().map(module -> module.getIdentifier().toString()).collect(toSet());
  }

  private Stream<Arrow> declared() {
    return modules.stream()
        .flatMap(
            module ->
                Arrays.stream(
                        module
                            .getBasePackage()
                            .getAnnotation(ApplicationModule.class)
                            .orElseThrow()
                            .allowedDependencies())
                    .map(to -> new Arrow(module.getIdentifier().toString(), to)));
  }
}
