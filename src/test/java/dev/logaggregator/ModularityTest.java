package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/// Holds the modules to the boundaries they declare.
class ModularityTest {

  private static final Path DIAGRAMS = Path.of("target", "modulith");

  private final ApplicationModules modules = ApplicationModules.of(LogAggregator.class);

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
}
