package dev.logaggregator.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium that is installed, without a window. Where there is none, tests that need one are
 * skipped; with {@code CI=true} in the environment they fail, so that they can't be skipped for
 * ever unnoticed.
 */
public final class Chromium {

  private static final List<String> USUAL_PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--enable-precise-memory-info");

  private Chromium() {}

  /** One for all tests of a JVM; it is closed with it. */
  public static Browser get() {
    return Shared.BROWSER;
  }

  /** One of its own for a test, with further flags. It is closed with the JVM, or before. */
  public static Browser launch(String... furtherFlags) {
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of(furtherFlags));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    return playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(executable()).setArgs(flags));
  }

  /** Skips the test, or fails it in CI, where no Chromium is installed. */
  public static void assumeInstalled() {
    if (executable() == null) {
      String message =
          "No Chromium was found, so the dashboard can't be tried: install one (apt-get install"
              + " chromium), or name it in the environment variable CHROMIUM.";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
  }

  private static Path executable() {
    String named = System.getenv("CHROMIUM");
    return named != null
        ? Path.of(named)
        : USUAL_PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  private static final class Shared {

    static final Browser BROWSER = launch();
  }
}
