package dev.logaggregator.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.logaggregator.RunningAggregator;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The dashboard in a browser tab. Closing it fails the test when the page threw an error, broke its
 * content security policy, or asked anybody but its own server for anything.
 */
final class DashboardPage implements AutoCloseable {

  /** How a tab is to be. */
  record Look(int width, int height, ColorScheme scheme) {
    static final Look DESK = new Look(1440, 900, ColorScheme.LIGHT);
  }

  /** Long: other things may run on the machine. What is there is found at once. */
  private static final double PATIENCE_MILLIS = 30_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();

  private DashboardPage(Look look, String origin) {
    context =
        Chromium.get()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(look.width, look.height)
                    .setColorScheme(look.scheme)
                    .setTimezoneId("UTC")
                    .setPermissions(List.of("clipboard-read", "clipboard-write")));
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    page.onPageError(error -> faults.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          // What the browser says of each 4xx is no fault of the page.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            faults.add("console: " + message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(origin) && !request.url().startsWith("blob:" + origin)) {
            faults.add("asked elsewhere: " + request.url());
          }
        });
    page.onDialog(
        dialog -> {
          faults.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
  }

  /** Opens a state of the dashboard, as {@code explore?q=…}. */
  static DashboardPage open(RunningAggregator aggregator, String state) {
    return open(aggregator, state, Look.DESK);
  }

  static DashboardPage open(RunningAggregator aggregator, String state, Look look) {
    return open(aggregator.uri("/"), state, look);
  }

  static DashboardPage open(URI address, String state, Look look) {
    DashboardPage dashboard =
        new DashboardPage(look, address.getScheme() + "://" + address.getAuthority());
    dashboard.page.navigate(address + "#/" + state);
    return dashboard;
  }

  Page page() {
    return page;
  }

  /** Looks otherwise from now on. */
  void become(Look look) {
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(look.scheme)
            .setReducedMotion(ReducedMotion.REDUCE));
    page.setViewportSize(look.width, look.height);
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
  }

  /** Waits until the view has something to show, be it that there is nothing. */
  void awaitContent() {
    assertThat(
            find("main :is(.event[data-index], .activity canvas, tbody tr, .welcome):visible")
                .first())
        .isVisible();
    assertThat(find(".stack[aria-busy]")).hasCount(0);
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A tile of the overview, by its label. */
  Locator figure(String label) {
    return page.locator(".tile")
        .filter(new Locator.FilterOptions().setHasText(label))
        .locator(".figure");
  }

  /** Rows of the list that are in the document: those one sees, and a few around. */
  Locator rows() {
    return page.locator(".list .event[data-index]");
  }

  Locator row(int index) {
    return page.locator(".list .event[data-index='" + index + "']");
  }

  void query(String text) {
    find("input.query").fill(text);
    find("input.query").press("Enter");
  }

  /** Waits until a search is over and that many events were found. */
  void awaitTotal(String total) {
    assertThat(find(".total")).hasText(total);
    assertThat(find(".stack[aria-busy]")).hasCount(0);
  }

  String clipboard() {
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  /** Runs what was copied as a command in a shell; answers what it printed. */
  String runCopied() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", clipboard()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).as("faults of the page").isEmpty();
  }
}
