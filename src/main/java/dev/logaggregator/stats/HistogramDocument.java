package dev.logaggregator.stats;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.search.Figure;
import dev.logaggregator.search.Histogram;
import dev.logaggregator.search.Histogram.Part;
import java.io.IOException;
import java.util.List;

/**
 * {@code /stats/histogram} as JSON. What a bucket has of values that are not named, and of events
 * without a value, stands beside {@code by}, so that no value has their name.
 */
record HistogramDocument(Histogram histogram) {

  void write(AnswerChunks answer, boolean incomplete) throws IOException {
    JsonBuffer json = answer.buffer();
    json.ascii("{\"interval\":").string(histogram.width().toString()).ascii(",\"buckets\":[");
    for (int bucket = 0; bucket < histogram.size(); bucket++) {
      json.ascii(bucket == 0 ? "{\"start\":" : ",{\"start\":");
      json.timestamp(histogram.start(bucket));
      writeBucket(json, bucket);
      json.put('}');
      answer.endOfPart();
    }
    json.put(']');
    if (histogram.isTruncated()) {
      json.ascii(",\"truncated\":true");
    }
    if (incomplete) {
      json.ascii(",\"incomplete\":\"timeout\"");
    }
    json.put('}');
  }

  private void writeBucket(JsonBuffer json, int bucket) {
    Part all = histogram.all(bucket);
    json.ascii(",\"count\":").number(all.events());
    boolean approximate = all.figure().approximate();
    if (all.figure().isPresent()) {
      json.ascii(",\"value\":");
      all.figure().write(json);
    }
    if (histogram.isDivided()) {
      approximate |= writeNamed(json, bucket);
      approximate |= writePart(json, ",\"otherValues\":", histogram.other(bucket));
      approximate |= writePart(json, ",\"none\":", histogram.none(bucket));
    }
    if (approximate) {
      json.ascii(",\"approximate\":true");
    }
  }

  private boolean writeNamed(JsonBuffer json, int bucket) {
    json.ascii(",\"by\":{");
    boolean approximate = false;
    String separator = "";
    List<String> names = histogram.names();
    for (int i = 0; i < names.size(); i++) {
      Part part = histogram.named(bucket, i);
      if (isPresent(part)) {
        json.ascii(separator).string(names.get(i)).put(':');
        approximate |= writeNumber(json, part);
        separator = ",";
      }
    }
    json.put('}');
    return approximate;
  }

  private boolean writePart(JsonBuffer json, String name, Part part) {
    return isPresent(part) && writeNumber(json.ascii(name), part);
  }

  private boolean isPresent(Part part) {
    return histogram.isMeasured() ? part.figure().isPresent() : part.events() > 0;
  }

  /** Returns whether the number is an estimate. */
  private boolean writeNumber(JsonBuffer json, Part part) {
    if (!histogram.isMeasured()) {
      json.number(part.events());
      return false;
    }
    Figure figure = part.figure();
    figure.write(json);
    return figure.approximate();
  }
}
