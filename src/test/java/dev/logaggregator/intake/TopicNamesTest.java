package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import org.junit.jupiter.api.Test;

class TopicNamesTest {

  private final TopicNames names = new TopicNames();

  private Topic get(String name) {
    byte[] bytes = ("xx" + name + "y").getBytes(UTF_8);
    return names.get(bytes, 2, bytes.length - 1);
  }

  @Test
  void givesTheSameObjectForTheSameBytes() {
    assertThat(get("orders.created")).isEqualTo(new Topic("orders.created"));
    assertThat(get("orders.created")).isSameAs(get("orders.created"));
  }

  @Test
  void tellsNamesApartThatShareAPlace() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        assertThat(get("t" + i).name()).isEqualTo("t" + i);
      }
    }
  }

  @Test
  void refusesWhatPublishersMayNotUse() {
    for (String name : new String[] {"", "_x", "a b", "é", "x".repeat(256)}) {
      assertThatThrownBy(() -> get(name)).isInstanceOf(InvalidEventException.class);
      assertThatThrownBy(() -> get(name)).isInstanceOf(InvalidEventException.class);
    }
  }
}
