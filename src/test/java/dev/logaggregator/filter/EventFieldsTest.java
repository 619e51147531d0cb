package dev.logaggregator.filter;

import static dev.logaggregator.filter.SampleEvent.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFieldsTest {

  @Test
  void namesEachValueByItsPath() {
    assertThat(
            fields(
                withPayload(
                    "{\"s\":\"a\\n"
                        + "\\u00e9\",\"n\":1.50e1,\"t\":true,\"f\":false,\"none\":null,\"o\":{\"p\":{\"q\":1},\"r.s\":[1,"
                        + " {\"u\": \"x\" } ,[2]]},\"e\":{},\"l\":[],\"n\":2}")))
        .containsExactly(
            "s TEXT a\n\u00e9",
            "n NUMBER 1.50e1",
            "t BOOLEAN true",
            "f BOOLEAN false",
            "o.p.q NUMBER 1",
            "o.r.s NUMBER 1",
            "o.r.s.u TEXT x",
            "o.r.s NUMBER 2",
            "n NUMBER 2");
  }

  @Test
  void callsWhatIsNoObjectPayload() {
    assertThat(fields(withPayload("\"up\""))).containsExactly("payload TEXT up");
    assertThat(fields(withPayload("[1,{\"a\":2},3]")))
        .containsExactly("payload NUMBER 1", "a NUMBER 2", "payload NUMBER 3");
    assertThat(fields(withPayload("null"))).isEmpty();
  }

  @Test
  void saysWhereAPathLeadsFromThatWouldMeanSomethingElse() {
    assertThat(
            fields(
                withPayload(
                        "{\"level\":1,\"payload\":{\"x\":2},\"attributes\":3,\"\":4,\""
                            + " \":5,\"x\":6,\"q\":null}")
                    .attributes("{\"topic\":\"a\",\"x\":\"b\",\"q\":\"c\",\"y\\u007a\":\"d\"}")))
        .containsExactly(
            "payload.level NUMBER 1",
            "payload.payload.x NUMBER 2",
            "payload.attributes NUMBER 3",
            "payload. NUMBER 4",
            "payload.  NUMBER 5",
            "x NUMBER 6",
            "attributes.topic TEXT a",
            "attributes.x TEXT b",
            "attributes.q TEXT c",
            "yz TEXT d");
  }

  @Test
  void saysWhenANameIsLongerThanAnyThatIsAskedFor() {
    String longest = "x".repeat(FieldReader.MAX_LENGTH);
    List<String> found = new ArrayList<>();
    SampleEvent event =
        withPayload(
                "{\"%s\":{\"y\":{\"z\":1}},\"%sy\":2,\"%s\":3,\"a\":4}"
                    .formatted(longest, longest, longest))
            .attributes("{\"%sz\":\"5\"}".formatted(longest));
    new EventFields()
        .read(
            event.view(),
            (name, kind, text, from, to) ->
                found.add(
                    text(text, from, to)
                        + (name.isTooLong() ? "" : text(name.bytes(), name.from(), name.to()))));

    assertThat(found).containsExactly("1", "2", "3" + longest, "4a", "5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"b\":{\"c\":\"x\"}}",
        "{\"level\":\"x\",\"source\":[1,2],\"a.b\":{\"c.d\":\"\\u00e9\"}}",
        "{\"\":1,\"a\":{\"\":{\"\":true}}}",
        "{\"payload\":1,\"attributes\":{\"a\":2}}",
        "[[\"x\"],{\"y\":[{\"z\":1}]}]",
        "12",
      })
  void namesFieldsAsTheyAreRead(String payload) {
    SampleEvent event = withPayload(payload).attributes("{\"id\":\"1\",\"a.b\":\"2\",\"k\":\"3\"}");

    for (String field : fields(event)) {
      String name = field.substring(0, field.indexOf(' '));
      String value = field.substring(field.lastIndexOf(' ') + 1);
      List<String> read = new ArrayList<>();
      FieldReader.of(name).read(event.view(), (text, from, to) -> read.add(text(text, from, to)));
      assertThat(read).as(name).contains(value);
    }
  }

  private static List<String> fields(SampleEvent event) {
    List<String> fields = new ArrayList<>();
    new EventFields()
        .read(
            event.view(),
            (name, kind, text, from, to) ->
                fields.add(
                    String.join(
                        " ",
                        text(name.bytes(), name.from(), name.to()),
                        kind.name(),
                        text(text, from, to))));
    return fields;
  }

  private static String text(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }
}
