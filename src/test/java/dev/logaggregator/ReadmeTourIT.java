package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skyscreamer.jsonassert.JSONAssert;

/** Pastes the README's tour into a shell, and holds the answers to what the README shows. */
class ReadmeTourIT {

  /** A command, and the answer shown below it. */
  private static final Pattern STEP =
      Pattern.compile(
          "```sh tour\n(?<command>.*?)```\\s+```json\n(?<answer>.*?)```", Pattern.DOTALL);

  private static final Pattern TOUR_COMMAND = Pattern.compile("^```sh tour$", Pattern.MULTILINE);

  private static RunningAggregator aggregator;
  private static String readme;

  @TempDir static Path directory;

  @BeforeAll
  static void start() throws IOException {
    readme = Files.readString(Path.of("README.md"));
    aggregator = RunningAggregator.start();
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  record Step(String command, String answer) {}

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(readme);
    while (step.find()) {
      steps.add(new Step(step.group("command"), step.group("answer")));
    }
    return steps;
  }

  @Test
  void everyCommandOfTheTourIsFollowedByItsAnswer() {
    assertThat(steps())
        .hasSameSizeAs(TOUR_COMMAND.matcher(readme).results().toList())
        .hasSizeGreaterThan(5);
  }

  @Test
  void theTourGoesAsTheReadmeSays() throws Exception {
    boolean canPaste = isInstalled("bash") && isInstalled("curl");
    if (!canPaste && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("The README's tour needs bash and curl; install them");
    }
    assumeTrue(canPaste, "The README's tour was not tried: bash or curl is not installed");

    for (Step step : steps()) {
      JSONAssert.assertEquals(step.command, step.answer, paste(step.command), false);
    }
  }

  @Test
  void theTestCommandIsThatOfContinuousIntegration() throws IOException {
    Matcher command = Pattern.compile("^(mvn [^#\n]*verify)\\b", Pattern.MULTILINE).matcher(readme);

    assertThat(command.find()).isTrue();
    assertThat(Files.readString(Path.of(".ci", "run"))).contains(command.group(1));
  }

  private static String paste(String command) throws IOException, InterruptedException {
    String here = command.replace("localhost:8080", "localhost:" + aggregator.port());
    Process shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", here)
            .directory(directory.toFile())
            .redirectError(directory.resolve("errors").toFile())
            .start();
    String output;
    try (InputStream answer = shell.getInputStream()) {
      output = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(shell.waitFor())
        .as("%s%s%s", here, output, Files.readString(directory.resolve("errors")))
        .isZero();
    return output;
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notFound) {
      return false;
    }
  }
}
