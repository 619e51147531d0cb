package dev.logaggregator.stats;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.search.ValueCounts;
import dev.logaggregator.search.ValueCounts.ValueCount;
import java.io.IOException;
import java.util.List;

/**
 * {@code /stats/values} as JSON. {@code total} is how often the field has a value, each element of
 * an array being one, {@code other} how many of those are not listed; {@code truncated} is said
 * when there were more values than can be told apart, so that a listed one may occur more often
 * than it says.
 *
 * @param listed values in order
 * @param measured whether each has a number as its {@code value}; it is then called {@code group}
 */
record ValuesDocument(String field, ValueCounts counts, List<ValueCount> listed, boolean measured) {

  void write(AnswerChunks answer, boolean incomplete) throws IOException {
    JsonBuffer json = answer.buffer();
    json.ascii("{\"field\":").string(field).ascii(",\"values\":[");
    long other = counts.total();
    String separator = "";
    for (ValueCount value : listed) {
      json.ascii(separator);
      write(answer, value);
      other -= value.count();
      separator = ",";
      answer.endOfPart();
    }
    json.ascii("],\"other\":").number(other).ascii(",\"total\":").number(counts.total());
    if (counts.isTruncated()) {
      json.ascii(",\"truncated\":true");
    }
    if (incomplete) {
      json.ascii(",\"incomplete\":\"timeout\"");
    }
    json.put('}');
  }

  private void write(AnswerChunks answer, ValueCount value) throws IOException {
    JsonBuffer json = answer.buffer();
    json.ascii(measured ? "{\"group\":" : "{\"value\":");
    answer.string(value.value());
    json.ascii(",\"count\":").number(value.count());
    if (value.figure().isPresent()) {
      json.ascii(",\"value\":");
      value.figure().write(json);
    }
    if (value.figure().approximate()) {
      json.ascii(",\"approximate\":true");
    }
    json.put('}');
  }
}
