package dev.logaggregator.filter;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON as a plain tree that remembers how it was spelled: what the real thing is compared with. */
public sealed interface SpelledJson {

  /** As it is sent. */
  String spelled();

  /** The same with what the escapes stand for. */
  String meant();

  /** A string: its text, and how that is written between the quotes. */
  record Text(String text, String inside) implements SpelledJson {
    @Override
    public String spelled() {
      return '"' + inside + '"';
    }

    @Override
    public String meant() {
      return '"' + text + '"';
    }
  }

  record Number(String spelled) implements SpelledJson {
    @Override
    public String meant() {
      return spelled;
    }
  }

  /** true, false or null. */
  record Word(String spelled) implements SpelledJson {
    @Override
    public String meant() {
      return spelled;
    }
  }

  record Array(List<SpelledJson> elements) implements SpelledJson {
    @Override
    public String spelled() {
      return elements.stream().map(SpelledJson::spelled).collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public String meant() {
      return elements.stream().map(SpelledJson::meant).collect(Collectors.joining(",", "[", "]"));
    }
  }

  record Member(Text name, SpelledJson value) {}

  record Structure(List<Member> members) implements SpelledJson {
    @Override
    public String spelled() {
      return members.stream()
          .map(m -> m.name().spelled() + ":" + m.value().spelled())
          .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public String meant() {
      return members.stream()
          .map(m -> m.name().meant() + ":" + m.value().meant())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  /** Itself, or the elements of an array, however nested. */
  default Stream<SpelledJson> flat() {
    return this instanceof Array array
        ? array.elements().stream().flatMap(SpelledJson::flat)
        : Stream.of(this);
  }

  /** The values to which a dotted path leads. */
  default Stream<SpelledJson> at(String path) {
    return flat()
        .filter(Structure.class::isInstance)
        .flatMap(json -> ((Structure) json).members().stream())
        .flatMap(
            m ->
                path.equals(m.name().text())
                    ? m.value().flat()
                    : path.startsWith(m.name().text() + ".")
                        ? m.value().at(path.substring(m.name().text().length() + 1))
                        : Stream.empty());
  }
}
