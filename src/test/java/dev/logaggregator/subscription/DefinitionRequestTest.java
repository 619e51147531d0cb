package dev.logaggregator.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** What may be asked of a subscription, up to each of its limits. */
class DefinitionRequestTest {

  private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

  private static DefinitionRequest parse(String body) throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setContent(body.replace('\'', '"').getBytes(UTF_8));
    try (var claim = new MemoryAccount(64 << 20).claim(Use.BODIES, "client")) {
      return DefinitionRequest.parse(JsonFields.of(request, DefinitionRequest.KNOWN, claim), NOW);
    }
  }

  private static void assertRefused(String body, String field) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOfSatisfying(
            InvalidEventException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void hasTheDefaultsOfTheContract() throws IOException {
    DefinitionRequest request = parse("");

    assertThat(request.start()).isEqualTo(new Start.Latest());
    assertThat(request.definition())
        .isEqualTo(
            new Definition(
                List.of(),
                null,
                Duration.ofSeconds(30),
                5,
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                1_000,
                null));
    assertThat(parse("{'push':{'url':'http://a/b'}}").definition().push())
        .isEqualTo(
            new PushTarget(URI.create("http://a/b"), Duration.ofSeconds(15), "", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ackDeadline':'1ms'}",
        "{'ackDeadline':'7d'}",
        "{'maxDeliveries':1}",
        "{'maxDeliveries':1000}",
        "{'maxInFlight':1}",
        "{'maxInFlight':100000}",
        "{'backoff':{'min':'1ms','max':'1ms'}}",
        "{'backoff':{'min':'7d'}}",
        "{'topics':['a.**'],'q':null,'push':null}",
        "{'push':{'url':'https://a:65535/','timeout':'5m'}}"
      })
  void takesWhatIsAtALimit(String body) throws IOException {
    assertThat(parse(body)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ' ',
      value = {
        "{'ackDeadline':'PT0.0001S'} ackDeadline",
        "{'ackDeadline':'168h1s'} ackDeadline",
        "{'ackDeadline':'604800001ms'} ackDeadline",
        "{'ackDeadline':30} ackDeadline",
        "{'maxDeliveries':0} maxDeliveries",
        "{'maxDeliveries':1001} maxDeliveries",
        "{'maxDeliveries':1.5} maxDeliveries",
        "{'maxDeliveries':4294967297} maxDeliveries",
        "{'maxInFlight':0} maxInFlight",
        "{'maxInFlight':100001} maxInFlight",
        "{'backoff':{'min':'2s','max':'1s'}} backoff.min",
        "{'backoff':{'mean':'2s'}} backoff.mean",
        "{'backoff':'2s'} backoff",
        "{'topics':'a'} topics",
        "{'topics':[1]} topics",
        "{'topics':['a..b']} topics",
        "{'color':1} color",
        "{'push':{}} push.url",
        "{'push':{'url':'ftp://a/'}} push.url",
        "{'push':{'url':'/hook'}} push.url",
        "{'push':{'url':'http://a:0/'}} push.url",
        "{'push':{'url':'http://a:65536/'}} push.url",
        "{'push':{'url':'http://u@a/'}} push.url",
        "{'push':{'url':'http://a/#b'}} push.url",
        "{'push':{'url':'http://a/','timeout':'300001ms'}} push.timeout",
      })
  void refusesWhatIsBeyondALimit(String body, String field) {
    assertRefused(body, field);
  }

  @Test
  void takesAHundredTopicsAndNoMore() throws IOException {
    String hundred = "'a',".repeat(99) + "'a'";

    assertThat(parse("{'topics':[" + hundred + "]}").definition().topics()).hasSize(100);
    assertRefused("{'topics':['b'," + hundred + "]}", "topics");
  }

  @Test
  void takesUrlsUpTo2048Characters() throws IOException {
    String url = "http://a/";
    String longest = url + "x".repeat(2_048 - url.length());

    assertThat(parse("{'push':{'url':'" + longest + "'}}").definition().push()).isNotNull();
    assertRefused("{'push':{'url':'" + longest + "x'}}", "push.url");
  }

  @ParameterizedTest
  @CsvSource({"23, false", "24, true", "64, true", "65, false"})
  void takesSecretsOf24To64Bytes(int bytes, boolean taken) throws IOException {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    String body = "{'push':{'url':'http://a/','secret':'%s'}}";
    if (taken) {
      assertThat(parse(body.formatted(secret)).secret()).isEqualTo(secret);
    } else {
      assertRefused(body.formatted(secret), "push.secret");
    }
    assertRefused(body.formatted(secret.substring(1)), "push.secret");
    assertRefused(body.formatted(secret + "?"), "push.secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "{'q':1,'q':2}", "{} {}", "{"})
  void refusesWhatIsNotOneObject(String body) {
    assertRefused(body, null);
  }
}
