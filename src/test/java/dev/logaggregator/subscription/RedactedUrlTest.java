package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example/services/T01/x7Yz, https://hooks.example/…",
    "https://hooks.example?token=x7Yz, https://hooks.example/…",
    "https://hooks.example/?token=x7Yz, https://hooks.example/…",
    "http://billing:9000/hook, http://billing:9000/…",
    "http://[::1]:9000/hook?a=b, http://[::1]:9000/…",
    "http://user:x7Yz@billing:9000/, http://billing:9000/",
    "http://billing:9000, http://billing:9000",
    "http://billing/, http://billing/"
  })
  void showsWhereItLeads(URI url, String shown) {
    assertThat(RedactedUrl.of(url)).isEqualTo(shown);
    assertThat(RedactedUrl.isOne(url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://hooks.example/…", "http://billing:9000/%E2%80%A6"})
  void knowsOneThatWasShown(URI url) {
    assertThat(RedactedUrl.isOne(url)).isTrue();
    assertThat(RedactedUrl.of(url)).endsWith("/…");
  }

  @Test
  void takesOutOfATextWhatIsNotShown() {
    URI url = URI.create("https://hooks.example/services/x7Yz?token=abc");

    assertThat(RedactedUrl.in("no route to " + url, url))
        .isEqualTo("no route to https://hooks.example/…");
    assertThat(RedactedUrl.in("POST /services/x7Yz?token=abc failed", url))
        .isEqualTo("POST /… failed");
    assertThat(RedactedUrl.in("nothing at /services/x7Yz for token=abc", url))
        .isEqualTo("nothing at /… for …");
    assertThat(RedactedUrl.in("answered 503", url)).isEqualTo("answered 503");
  }
}
