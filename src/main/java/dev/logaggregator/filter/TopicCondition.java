package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.Topic;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of certain topics. What was found for a topic is remembered by the topic's
 * number, so that a pattern is matched once for each topic and not for each event.
 *
 * <p>The memory is two bits a topic, in an array that all threads read and write without a lock. A
 * write that is lost to another thread's, or to a copy that grows, only means that the same answer
 * is found once more: answers never change.
 */
final class TopicCondition implements Condition {

  private static final int UNKNOWN = 0;
  private static final int REFUSED = 1;
  private static final int ACCEPTED = 2;

  private final Predicate<Topic> accepted;

  /** The topics that are accepted, if they are known by name. */
  private final @Nullable Set<Topic> named;

  private volatile long[] answers = new long[4];

  TopicCondition(Predicate<Topic> accepted) {
    this(accepted, null);
  }

  TopicCondition(Set<Topic> named) {
    this(named::contains, named);
  }

  private TopicCondition(Predicate<Topic> accepted, @Nullable Set<Topic> named) {
    this.accepted = accepted;
    this.named = named;
  }

  @Override
  public boolean matches(EventView event) {
    int number = event.topicNumber();
    int answer = answer(number);
    return answer == UNKNOWN ? learn(number, event.topic()) : answer == ACCEPTED;
  }

  private int answer(int number) {
    long[] known = answers;
    int word = number >>> 5;
    return word < known.length ? (int) (known[word] >>> shift(number)) & 3 : UNKNOWN;
  }

  private boolean learn(int number, Topic topic) {
    boolean accepts = accepted.test(topic);
    int word = number >>> 5;
    long[] known = answers;
    if (word >= known.length) {
      known = Arrays.copyOf(known, Math.max(word + 1, known.length * 2));
      answers = known;
    }
    known[word] |= (long) (accepts ? ACCEPTED : REFUSED) << shift(number);
    return accepts;
  }

  private static int shift(int number) {
    return (number & 31) << 1;
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
      taken += accepts(block, i) ? 1 : 0;
      if (taken > 0 && taken <= i) {
        return Verdict.SOME;
      }
    }
    return taken == 0 ? Verdict.NONE : Verdict.ALL;
  }

  /** Whether the verdict is {@code ALL}, which is told sooner than the verdict. */
  boolean takesAll(BlockSummary block) {
    for (int i = 0; i < block.topicCount(); i++) {
      if (!accepts(block, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean accepts(BlockSummary block, int index) {
    int number = block.topicNumber(index);
    int answer = answer(number);
    return answer == UNKNOWN ? learn(number, block.topic(index)) : answer == ACCEPTED;
  }

  @Override
  public int cost() {
    return COST_OF_TOPIC;
  }
}
