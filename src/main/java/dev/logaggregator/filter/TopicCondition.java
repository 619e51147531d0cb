package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.event.Topic;
import java.util.BitSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of certain topics. What was found for a topic is remembered, so that a pattern
 * is matched once for each topic and not for each event.
 *
 * <p>The memory is a table of two places a slot, for a topic that was refused and one that was
 * accepted, which all threads read and write without a lock: topics are immutable, and a write that
 * is lost, or displaces another, only means that the same answer is found once more. It grows with
 * the topics that are met, up to a bound that all terms of a query share, since there may be many
 * of them, and they may live as long as a subscription.
 */
final class TopicCondition implements Condition {

  private static final int MOST_SLOTS = 1024;

  private final Predicate<Topic> accepted;

  /** The topics that are accepted, if they are known by name. */
  private final @Nullable Set<Topic> named;

  private final TermCount terms;
  private volatile @Nullable Topic[] known = new Topic[2];

  /**
   * @param terms of the query that it is one of
   */
  TopicCondition(Predicate<Topic> accepted, TermCount terms) {
    this(accepted, null, terms);
  }

  /** As the first one, by name. */
  TopicCondition(Set<Topic> named, TermCount terms) {
    this(named::contains, named, terms);
  }

  private TopicCondition(Predicate<Topic> accepted, @Nullable Set<Topic> named, TermCount terms) {
    this.accepted = accepted;
    this.named = named;
    this.terms = terms;
  }

  @Override
  public boolean matches(EventView event) {
    return accepts(event.topic());
  }

  private boolean accepts(Topic topic) {
    @Nullable Topic[] table = known;
    int slot = slot(topic, table);
    return table[slot + 1] == topic || (table[slot] != topic && learn(topic));
  }

  /** Where a refused topic is remembered; an accepted one is right behind. */
  private static int slot(Topic topic, @Nullable Topic[] table) {
    int hash = topic.hashCode();
    return 2 * ((hash ^ hash >>> 16) & table.length / 2 - 1);
  }

  private boolean learn(Topic topic) {
    boolean accepts = accepted.test(topic);
    @Nullable Topic[] table = known;
    int place = slot(topic, table) + (accepts ? 1 : 0);
    if (table[place] != null && table.length / 2 <= MOST_SLOTS / 2 / terms.value()) {
      table = grown(table);
      place = slot(topic, table) + (accepts ? 1 : 0);
      known = table;
    }
    table[place] = topic;
    return accepts;
  }

  private static @Nullable Topic[] grown(@Nullable Topic[] table) {
    @Nullable Topic[] larger = new Topic[2 * table.length];
    for (int i = 0; i < table.length; i++) {
      Topic topic = table[i];
      if (topic != null) {
        larger[slot(topic, larger) + (i & 1)] = topic;
      }
    }
    return larger;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    return named == null ? judgeEach(block) : judgeNamed(block, named);
  }

  private static Verdict judgeNamed(BlockSummary block, Set<Topic> topics) {
    int present = 0;
    for (Topic topic : topics) {
      present += block.hasTopic(topic) ? 1 : 0;
    }
    return present == 0 ? Verdict.NONE : present == block.topicCount() ? Verdict.ALL : Verdict.SOME;
  }

  private Verdict judgeEach(BlockSummary block) {
    int count = block.topicCount();
    int taken = 0;
    for (int i = 0; i < count; i++) {
      taken += accepts(block.topic(i)) ? 1 : 0;
      if (taken > 0 && taken <= i) {
        return Verdict.SOME;
      }
    }
    return taken == 0 ? Verdict.NONE : Verdict.ALL;
  }

  /** Whether the verdict is {@code ALL}, which is told sooner than the verdict. */
  boolean takesAll(BlockSummary block) {
    for (int i = 0; i < block.topicCount(); i++) {
      if (!accepts(block.topic(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.where(asked, row -> accepts(rows.topic(row)));
  }

  @Override
  public int cost() {
    return COST_OF_TOPIC;
  }
}
