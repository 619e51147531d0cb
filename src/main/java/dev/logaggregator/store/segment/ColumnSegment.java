package dev.logaggregator.store.segment;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.segment.column.GroupHeader;
import dev.logaggregator.store.segment.column.RowGroup;
import dev.logaggregator.store.segment.column.SegmentContent;
import dev.logaggregator.store.segment.column.SegmentHeader;
import dev.logaggregator.store.segment.column.SegmentReader;
import dev.logaggregator.store.segment.column.SegmentWriter.Written;
import java.util.List;

/**
 * A sealed segment in columns: the form that is dear to make, and in which a condition reads only
 * what it asks for.
 */
public final class ColumnSegment extends SealedSegment {

  private final SegmentHeader header;
  private final SegmentContent content;

  ColumnSegment(Segment segment, TopicDirectory directory, Written written, BlockFilter filter) {
    super(
        segment,
        directory,
        filter,
        summaries(written.header(), directory, segment.baseOffset()),
        written.header().sizeBytes() + written.content().sizeBytes());
    this.header = written.header();
    this.content = written.content();
  }

  private static List<RowGroupSummary> summaries(
      SegmentHeader header, TopicDirectory directory, long baseOffset) {
    return header.groups().stream()
        .map(group -> new RowGroupSummary(group, directory, baseOffset))
        .toList();
  }

  @Override
  SegmentScan search(EventFilter wanted) {
    return new ColumnScan(this, wanted);
  }

  @Override
  int eventsToRead(EventFilter wanted) {
    int events = 0;
    for (GroupHeader group : header.groups()) {
      events += wanted.judge(summary(group)) == Verdict.NONE ? 0 : group.rows();
    }
    return events;
  }

  @Override
  public RawSegment unpack() {
    Extract all = new Extract(this);
    SegmentReader reader = reader();
    EventView view = new EventView(topics());
    for (int i = 0; i < reader.groups(); i++) {
      RowGroup group = reader.group(i);
      for (int row = 0; row < group.size(); row++) {
        group.show(row, view);
        all.add(view);
      }
    }
    return all.build();
  }

  /** Begins a reading, by one thread. */
  SegmentReader reader() {
    return new SegmentReader(header, content, topics(), baseOffset(), this::summary);
  }

  private RowGroupSummary summary(GroupHeader group) {
    return new RowGroupSummary(group, directory(), baseOffset());
  }
}
