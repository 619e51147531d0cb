package dev.logaggregator.hostile;

import java.util.List;

/**
 * One way of doing harm.
 *
 * @param prepare what has to be there before, beside what its world has
 * @param attack the harm
 * @param after what must hold once the attackers have gone
 * @param settings of the process, each as {@code key=value}
 * @param leavesMegabytes what it leaves by right in the heap, beside retained events
 * @param elsewhere whether those who are honest have another address than the attackers: where the
 *     attackers take all that one client may have
 */
record Case(
    String name,
    World world,
    Attack prepare,
    Attack attack,
    Attack after,
    List<String> settings,
    int leavesMegabytes,
    boolean elsewhere) {

  Case(String name, World world, Attack attack) {
    this(name, world, Attack.NOTHING, attack, Attack.NOTHING, List.of(), 0, false);
  }

  Case prepared(Attack preparation) {
    return new Case(name, world, preparation, attack, after, settings, leavesMegabytes, elsewhere);
  }

  Case then(Attack check) {
    return new Case(name, world, prepare, attack, check, settings, leavesMegabytes, elsewhere);
  }

  Case with(String... values) {
    return new Case(
        name, world, prepare, attack, after, List.of(values), leavesMegabytes, elsewhere);
  }

  Case leaving(int megabytes) {
    return new Case(name, world, prepare, attack, after, settings, megabytes, elsewhere);
  }

  Case besideOthers() {
    return new Case(name, world, prepare, attack, after, settings, leavesMegabytes, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
