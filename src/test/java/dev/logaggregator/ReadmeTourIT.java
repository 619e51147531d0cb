package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
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
          "```sh (?<kind>tour|stream)\n(?<command>.*?)```\\s+```(json|text)\n(?<answer>.*?)```",
          Pattern.DOTALL);

  private static final Pattern TOUR_COMMAND =
      Pattern.compile("^```sh (tour|stream)$", Pattern.MULTILINE);

  private static final Pattern CURSOR = Pattern.compile("id: [a-z0-9]{8}\\.[0-9]+");

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

  record Step(String command, String answer, boolean endless) {}

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(readme);
    while (step.find()) {
      steps.add(
          new Step(
              step.group("command"),
              step.group("answer").replace("localhost:8080", address()),
              step.group("kind").equals("stream")));
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
      if (step.endless) {
        assertStreams(step);
      } else {
        JSONAssert.assertEquals(step.command, step.answer, paste(step.command), false);
      }
    }
  }

  @Test
  void theTestCommandIsThatOfContinuousIntegration() throws IOException {
    Matcher command = Pattern.compile("^(mvn [^#\n]*verify)\\b", Pattern.MULTILINE).matcher(readme);

    assertThat(command.find()).isTrue();
    assertThat(Files.readString(Path.of(".ci", "run"))).contains(command.group(1));
  }

  /** The first lines that come; then the command is ended, as a reader would. */
  private static void assertStreams(Step step) throws Exception {
    Process shell = start("exec " + step.command);
    try (BufferedReader lines = shell.inputReader()) {
      for (String shown : step.answer.lines().toList()) {
        String line = lines.readLine();
        if (shown.startsWith("data: ")) {
          JSONAssert.assertEquals(
              step.command, shown.substring("data: ".length()), data(line), false);
        } else {
          assertThat(shown).matches(CURSOR);
          assertThat(line).matches(CURSOR);
        }
      }
    } finally {
      shell.destroy();
    }
  }

  private static String data(String line) {
    assertThat(line).startsWith("data: ");
    return line.substring("data: ".length());
  }

  private static String address() {
    return "localhost:" + aggregator.port();
  }

  private static Process start(String command) throws IOException {
    return new ProcessBuilder(
            "bash", "-euo", "pipefail", "-c", command.replace("localhost:8080", address()))
        .directory(directory.toFile())
        .redirectError(directory.resolve("errors").toFile())
        .start();
  }

  private static String paste(String command) throws IOException, InterruptedException {
    Process shell = start(command);
    String output;
    try (InputStream answer = shell.getInputStream()) {
      output = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(shell.waitFor())
        .as("%s%s%s", command, output, Files.readString(directory.resolve("errors")))
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
