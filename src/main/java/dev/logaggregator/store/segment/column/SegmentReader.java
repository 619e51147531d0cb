package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.TopicLookup;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reading of a segment. Not for more than one thread. */
public final class SegmentReader {

  private final SegmentHeader header;
  private final SegmentContent content;
  private final TopicLookup topics;
  private final long baseOffset;
  private final Function<GroupHeader, BlockSummary> summaries;
  private @Nullable ShapeTable shapes;

  /**
   * Begins a reading.
   *
   * @param baseOffset what offsets are relative to
   * @param summaries tells what is known of a row group
   */
  public SegmentReader(
      SegmentHeader header,
      SegmentContent content,
      TopicLookup topics,
      long baseOffset,
      Function<GroupHeader, BlockSummary> summaries) {
    this.header = header;
    this.content = content;
    this.topics = topics;
    this.baseOffset = baseOffset;
    this.summaries = summaries;
  }

  /** How many row groups there are. */
  public int groups() {
    return header.groups().size();
  }

  /** One of the row groups; its columns are read as they are asked for. */
  public RowGroup group(int index) {
    return new RowGroup(this, header.groups().get(index));
  }

  BlockSummary summary(GroupHeader group) {
    return summaries.apply(group);
  }

  SegmentHeader header() {
    return header;
  }

  /** Resolves the numbers of its topics. */
  public TopicLookup topics() {
    return topics;
  }

  long baseOffset() {
    return baseOffset;
  }

  ByteSource open(Piece piece, GroupHeader group) {
    return piece.open(content, group.contentStart(), group.mostUnpacked());
  }

  ShapeTable shapes() {
    if (shapes == null) {
      shapes =
          ShapeTable.read(
              header.shapes().open(content, 0, header.shapeBytes()), header.columnsOfDocuments());
    }
    return shapes;
  }
}
