package dev.logaggregator.stats;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.search.FieldCounts;
import dev.logaggregator.search.FieldCounts.Field;
import dev.logaggregator.search.FieldFigures;
import dev.logaggregator.search.Figure;
import java.io.IOException;
import java.util.List;

/**
 * {@code /stats/fields} as JSON.
 *
 * @param listed fields in order
 */
record FieldsDocument(FieldCounts counts, List<Field> listed) {

  void write(AnswerChunks answer, boolean incomplete) throws IOException {
    JsonBuffer json = answer.buffer();
    json.ascii("{\"events\":").number(counts.events()).ascii(",\"fields\":[");
    String separator = "";
    for (Field field : listed) {
      json.ascii(separator).ascii("{\"field\":").string(field.name());
      write(json, field.figures());
      json.put('}');
      separator = ",";
      answer.endOfPart();
    }
    json.put(']');
    if (counts.size() > listed.size()) {
      json.ascii(",\"otherFields\":").number(counts.size() - listed.size());
    }
    if (counts.isTruncated()) {
      json.ascii(",\"truncated\":true");
    }
    if (incomplete) {
      json.ascii(",\"incomplete\":\"timeout\"");
    }
    json.put('}');
  }

  private static void write(JsonBuffer json, FieldFigures figures) {
    json.ascii(",\"kind\":\"").ascii(figures.kind()).put('"');
    json.ascii(",\"events\":").number(figures.events());
    json.ascii(",\"distinct\":");
    figures.distinct().write(json);
    write(json, ",\"min\":", figures.min());
    write(json, ",\"max\":", figures.max());
    if (figures.distinct().approximate()) {
      json.ascii(",\"approximate\":true");
    }
  }

  private static void write(JsonBuffer json, String name, Figure figure) {
    if (figure.isPresent()) {
      figure.write(json.ascii(name));
    }
  }
}
