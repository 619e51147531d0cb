package dev.logaggregator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OrderedLockTest {

  private final OrderedLock journal = new OrderedLock(LockRank.JOURNAL);
  private final OrderedLock log = new OrderedLock(LockRank.LOG);
  private final OrderedLock sealing = new OrderedLock(LockRank.SEALING);

  @Test
  void locksMayBeTakenFromTheOutsideToTheInside() {
    journal.lock();
    log.lock();
    sealing.lock();
    sealing.unlock();
    sealing.lock();
    assertThat(OrderedLock.noneHeld()).isFalse();
    sealing.unlock();
    log.unlock();
    journal.unlock();

    assertThat(OrderedLock.noneHeld()).isTrue();
  }

  @Test
  void oneFurtherOutFailsThoughNobodyHoldsIt() {
    log.lock();

    assertThatThrownBy(journal::lock)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("JOURNAL");
    assertThatThrownBy(journal::lockInterruptibly).isInstanceOf(AssertionError.class);
    log.unlock();
    journal.lock();
    journal.unlock();
  }

  @Test
  void anotherOneOfTheSameRankFails() {
    OrderedLock otherLog = new OrderedLock(LockRank.LOG);
    log.lock();

    assertThatThrownBy(otherLog::lock).isInstanceOf(AssertionError.class);
    log.unlock();
  }

  @Test
  void whatOneThreadHoldsIsNotHeldByAnother() throws Exception {
    log.lock();
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  journal.lock();
                  journal.unlock();
                });
    other.join();
    log.unlock();

    assertThat(journal.isHeldByCurrentThread()).isFalse();
  }
}
