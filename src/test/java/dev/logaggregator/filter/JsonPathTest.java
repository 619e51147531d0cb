package dev.logaggregator.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonPathTest {

  @Test
  void stopsAtTheFirstValueThatPasses() {
    List<String> seen = new ArrayList<>();
    byte[] json = "{\"a\":[1,2,3]}".getBytes(UTF_8);

    boolean found =
        JsonPath.of("a")
            .any(
                json,
                0,
                json.length,
                (bytes, from, to) -> {
                  seen.add(new String(bytes, from, to - from, UTF_8));
                  return seen.size() == 2;
                });

    assertThat(found).isTrue();
    assertThat(seen).containsExactly("1", "2");
  }

  @Test
  void whiteSpaceBetweenTokensDoesNotMatter() {
    assertThat(values("a.b", " { \"x\" : [ ] , \"a\" : { \"b\" : [ 1 , \"y\" ] } } "))
        .containsExactly("1", "\"y\"");
  }

  @Test
  void looksNowhereButBetweenItsBounds() {
    byte[] json = "12345".getBytes(UTF_8);
    List<String> seen = new ArrayList<>();

    JsonPath.root()
        .any(json, 1, 3, (bytes, from, to) -> !seen.add(new String(bytes, from, to - from, UTF_8)));

    assertThat(seen).containsExactly("23");
  }

  @Test
  void depthCostsNoStack() {
    int depth = 1_000_000;
    String arrays = "[".repeat(depth) + "7" + "]".repeat(depth);
    String objects = "{\"x\":".repeat(depth) + "7" + "}".repeat(depth);

    assertThat(values("a", "{\"a\":" + arrays + "}")).containsExactly("7");
    assertThat(values("a", "{\"b\":" + objects + ",\"a\":8}")).containsExactly("8");
    assertThat(values("a", "{\"a\":" + objects + "}")).hasSize(1);
  }

  private static List<String> values(String path, String json) {
    byte[] bytes = json.getBytes(UTF_8);
    List<String> values = new ArrayList<>();
    JsonPath.of(path)
        .any(
            bytes,
            json.indexOf('{'),
            bytes.length,
            (at, from, to) -> !values.add(new String(at, from, to - from, UTF_8)));
    return values;
  }
}
