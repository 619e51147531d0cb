package dev.logaggregator.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryAccountTest {

  private static final long MIB = 1 << 20;

  /** Gives bodies 60 MiB. */
  private final MemoryAccount account = new MemoryAccount(180 * MIB);

  private Claim claim(String client) {
    return account.claim(Use.BODIES, client);
  }

  @Test
  void givesASingleClientFourFifthsOfTheShare() {
    Claim claim = claim("a");

    assertThat(claim.tryAtLeast(48 * MIB)).isTrue();
    assertThat(claim.tryAtLeast(48 * MIB + 1)).isFalse();
    assertThat(account.usedBytes(Use.BODIES)).isEqualTo(48 * MIB);
  }

  @Test
  void countsAllClaimsOfAClientTogether() {
    assertThat(claim("a").tryAtLeast(30 * MIB)).isTrue();
    assertThat(claim("a").tryAtLeast(18 * MIB)).isTrue();

    assertThat(claim("a").tryAtLeast(MIB)).isFalse();
    assertThat(claim("b").tryAtLeast(MIB)).isTrue();
  }

  @Test
  void leavesSomethingForTheNextHoweverManyAreGreedy() {
    for (int i = 0; i < 1_000; i++) {
      Claim greedy = claim("client-" + i);
      for (long bytes = 32 * 1024; greedy.tryAtLeast(bytes); bytes += bytes / 2) {
        // takes all that it is given
      }
    }

    assertThat(claim("honest").tryAtLeast(4 * 1024)).isTrue();
  }

  @Test
  void takesNothingFromOtherUses() {
    claim("a").tryAtLeast(48 * MIB);

    Claim answer = account.claim(Use.ANSWERS, "a");

    assertThat(answer.tryAtLeast(account.capacityBytes(Use.ANSWERS) / 5 * 4)).isTrue();
  }

  @Test
  void hasAllOfItBackOnceItWasGivenBack() {
    Claim claim = claim("a");
    claim.atLeast(40 * MIB);
    claim.shrinkTo(20 * MIB);
    claim.close();
    claim.close();

    assertThat(account.usedBytes(Use.BODIES)).isZero();
    assertThat(claim("a").tryAtLeast(48 * MIB)).isTrue();
  }

  @Test
  void tellsWhatWillNeverFitFromWhatDoesNotFitNow() {
    claim("a").atLeast(40 * MIB);

    assertThatExceptionOfType(MemoryExhaustedException.class)
        .isThrownBy(() -> claim("b").atLeast(45 * MIB))
        .matches(e -> !e.isPermanent() && e.use() == Use.BODIES)
        .withMessageContaining("aggregator.memory.max");
    assertThatExceptionOfType(MemoryExhaustedException.class)
        .isThrownBy(() -> claim("b").atLeast(49 * MIB))
        .matches(MemoryExhaustedException::isPermanent);
  }

  @Test
  void keepsWhatIsHeldWhenMoreIsRefused() {
    Claim claim = claim("a");
    claim.atLeast(MIB);

    assertThat(claim.tryAtLeast(100 * MIB)).isFalse();
    assertThat(claim.bytes()).isEqualTo(MIB);
    assertThat(account.usedBytes(Use.BODIES)).isEqualTo(MIB);
  }

  @Test
  void letsSmallClaimsThroughAsLongAsTheyFit() {
    MemoryAccount small = new MemoryAccount(3 * 18_000);
    assertThat(small.claim(Use.BODIES, "a").tryAtLeast(12_000)).isTrue();

    assertThat(small.claim(Use.BODIES, "a").tryAtLeast(6_001)).isFalse();
    assertThat(small.claim(Use.BODIES, "a").tryAtLeast(6_000)).isTrue();
    assertThat(small.capacityBytes(Use.BODIES)).isEqualTo(18_000);
  }

  @Test
  void givesBackNothingThatIsNotHeld() {
    Claim claim = claim("a");
    claim.atLeast(1_000);

    claim.shrinkTo(2_000);
    claim.atLeast(500);

    assertThat(claim.bytes()).isEqualTo(1_000);
    assertThat(account.usedBytes(Use.BODIES)).isEqualTo(1_000);
  }

  /**
   * Grown from little to much and back, a claim is on its client's account only while it is much.
   */
  @Test
  void forgetsAClientWhoseClaimsHaveBecomeSmall() {
    Claim claim = claim("a");
    claim.atLeast(Share.SMALL_BYTES);
    claim.atLeast(40 * MIB);
    claim.shrinkTo(Share.SMALL_BYTES);

    // All but the small claim is free again, and none of it is held against the client.
    assertThat(claim("a").tryAtLeast(48 * MIB - Share.SMALL_BYTES)).isTrue();
  }

  @Test
  void hasNamesForMeters() {
    assertThat(Use.BODIES.label()).isEqualTo("bodies");
  }

  /** Whatever is claimed and given back, in whatever order, the books agree with the claims. */
  @Test
  void addsUpAfterAnythingThatClientsDo() {
    Random random = new Random(7);
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      claims.add(claim("client-" + i % 7));
    }
    for (int i = 0; i < 100_000; i++) {
      Claim claim = claims.get(random.nextInt(claims.size()));
      switch (random.nextInt(3)) {
        case 0 -> claim.tryAtLeast(random.nextLong(4 * MIB));
        case 1 -> claim.shrinkTo(random.nextLong(4 * MIB));
        default -> claim.close();
      }
      long held = claims.stream().mapToLong(Claim::bytes).sum();
      assertThat(account.usedBytes(Use.BODIES)).isEqualTo(held);
      assertThat(held).isLessThanOrEqualTo(account.capacityBytes(Use.BODIES));
    }
    claims.forEach(Claim::close);

    assertThat(claim("client-3").tryAtLeast(48 * MIB)).isTrue();
  }
}
