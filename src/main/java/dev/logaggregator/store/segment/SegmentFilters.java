package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Makes the filters of segments: which keys and which text one may have. One thread. */
final class SegmentFilters {

  private final BlockFilter.Builder filter = new BlockFilter.Builder();

  /** Begins with a segment's topics; its events are to be added. */
  void begin(LiveEvents events, RawSegment raw) {
    filter.begin(events.count() * 2, (int) raw.chunkBytes());
    for (int i = 0; i < events.directory().size(); i++) {
      byte[] name = events.directory().topic(i).bytes();
      filter.addText(name, 0, name.length);
    }
  }

  void add(EventView event) {
    byte[] bytes = event.bytes();
    filter.addKey(BlockFilter.idHash(bytes, event.idStart(), event.idEnd()));
    if (event.sourceStart() < event.sourceEnd()) {
      filter.addKey(BlockFilter.sourceHash(bytes, event.sourceStart(), event.sourceEnd()));
    }
    int start = event.sourceStart();
    int end = event.payloadEnd();
    filter.addText(bytes, start, end);
    if (event.hasEscape()) {
      byte[] meant =
          JsonText.unescape(bytes, event.attributesStart(), end).getBytes(StandardCharsets.UTF_8);
      filter.addText(meant, 0, meant.length);
    }
  }

  BlockFilter build() {
    return filter.build();
  }
}
