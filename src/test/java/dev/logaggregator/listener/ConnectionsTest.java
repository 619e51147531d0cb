package dev.logaggregator.listener;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Which connections go when there are as many as there may be. Nothing is sent on any of them. */
class ConnectionsTest {

  private static final int MOST = 80;

  /** More of a client's connections than a fourth of {@link #MOST}. */
  private static final int GREEDY = 30;

  private static final long NOT_CROWDED = 0;
  private static final long CROWDED = SECONDS.toNanos(1);

  private final AtomicLong now = new AtomicLong(SECONDS.toNanos(1_000));
  private final Connections connections = new Connections(now::get);
  private final List<SocketWrapperBase<NioChannel>> open = new ArrayList<>();
  private Selector selector;

  @BeforeEach
  void openSelector() throws IOException {
    selector = Selector.open();
  }

  @AfterEach
  void closeAll() throws IOException {
    for (SocketWrapperBase<NioChannel> socket : open) {
      socket.getSocket().getIOChannel().close();
    }
    selector.close();
  }

  private static final class Closed {
    private boolean closed;
  }

  /** One that was accepted that long ago, and on which nothing has come. */
  private SocketWrapperBase<NioChannel> accepted(String client, long silentMillis)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.register(selector, 0);
    WatchedChannel watched = mock(WatchedChannel.class);
    when(watched.getIOChannel()).thenReturn(channel);
    NioSocketWrapper socket = mock(NioSocketWrapper.class);
    when(socket.getSocket()).thenReturn(watched);
    when(socket.getRemoteAddr()).thenReturn(client);
    when(socket.getLock()).thenReturn(new ReentrantLock());
    when(socket.getLastRead()).thenReturn(System.currentTimeMillis() - silentMillis);
    Closed state = new Closed();
    Mockito.doAnswer(
            close -> {
              state.closed = true;
              return null;
            })
        .when(socket)
        .close();
    when(socket.isClosed()).thenAnswer(question -> state.closed);
    open.add(socket);
    return socket;
  }

  private Connection connection(String client) throws IOException {
    return connections.of(accepted(client, 0));
  }

  /** One that was kept alive after so many answers. */
  private Connection idle(String client, int answers) throws IOException {
    Connection connection = connection(client);
    for (int i = 0; i < answers; i++) {
      Request request = new Request();
      connection.begin(request);
      connection.end(request, SocketState.OPEN);
    }
    return connection;
  }

  private Connection working(String client, boolean asks) throws IOException {
    Connection connection = connection(client);
    connection.begin(new Request());
    connection.nextRequest(asks);
    return connection;
  }

  private static void times(int count, Action action) throws IOException {
    for (int i = 0; i < count; i++) {
      action.run();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private void pass(long millis) {
    now.addAndGet(MILLISECONDS.toNanos(millis));
  }

  private void makeRoom(long crowdedNanos) {
    connections.makeRoom(open, MOST, crowdedNanos);
  }

  private List<Integer> gone() {
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      SocketWrapperBase<NioChannel> socket = open.get(i);
      if (socket.isClosed() || !socket.getSocket().getIOChannel().isOpen()) {
        gone.add(i);
      }
    }
    return gone;
  }

  private WatchedChannel channel(int number) {
    return (WatchedChannel) open.get(number).getSocket();
  }

  @Test
  void whoNeverSentAnythingGoesFirst() throws IOException {
    idle("a", 1);
    accepted("b", 1_000);
    pass(5_000);

    times(MOST / 8, () -> accepted("c", 1_000));
    makeRoom(NOT_CROWDED);

    assertThat(gone()).doesNotContain(0).hasSize(1 + MOST / 8);
  }

  @Test
  void whoHasJustComeMayShowWhatItIsWorth() throws IOException {
    accepted("a", 0);

    makeRoom(CROWDED);

    assertThat(gone()).isEmpty();
  }

  @Test
  void onePartInEightIsClosedAtATime() throws IOException {
    times(MOST, () -> idle("client", 0));
    pass(5_000);

    makeRoom(NOT_CROWDED);

    assertThat(gone()).hasSize(1 + MOST / 8);
  }

  @Test
  void thoseThatWereCutOffAndHaveNotGoneYetCount() throws IOException {
    times(
        1 + MOST / 8,
        () -> {
          working("client", true);
          when(channel(open.size() - 1).isWaiting(anyLong(), anyLong())).thenReturn(true);
        });
    makeRoom(NOT_CROWDED);
    assertThat(gone()).hasSize(1 + MOST / 8);

    idle("client", 0);
    pass(5_000);
    makeRoom(NOT_CROWDED);

    assertThat(gone()).hasSize(1 + MOST / 8).doesNotContain(open.size() - 1);
  }

  @Test
  void whoWorksStays() throws IOException {
    times(GREEDY, () -> working("client", false));
    pass(60_000);

    makeRoom(CROWDED);

    assertThat(gone()).isEmpty();
  }

  @Test
  void whatHasComeAndWaitsForItsTurnHereStays() throws IOException {
    times(GREEDY, () -> idle("client", 1).arrived());
    times(GREEDY, () -> connection("client").arrived());
    pass(5_000);

    makeRoom(CROWDED);

    assertThat(gone()).isEmpty();
  }

  @Test
  void aRequestRunsUntilItsThreadWaitsOrTheNextHasCome() throws IOException {
    Connection connection = idle("client", 1);
    int first = connection.arrived();
    assertThat(connection.isRunning(first)).isTrue();

    Request request = new Request();
    connection.begin(request);
    assertThat(connection.isRunning(first)).isTrue();
    connection.end(request, SocketState.OPEN);
    assertThat(connection.isRunning(first)).isFalse();

    int second = connection.arrived();
    assertThat(connection.isRunning(first)).isFalse();
    assertThat(connection.isRunning(second)).isTrue();
  }

  @Test
  void whatHasComeOnAConnectionThatIsClosedDoesNotRun() throws IOException {
    Connection connection = idle("client", 1);
    int arrival = connection.arrived();

    open.getFirst().close();

    assertThat(connection.isRunning(arrival)).isFalse();
  }

  @Test
  void whoHoldsUpItsRequestIsCutOff() throws IOException {
    working("client", false);
    working("client", false);
    when(channel(1).isWaiting(anyLong(), anyLong())).thenReturn(true);

    makeRoom(NOT_CROWDED);

    assertThat(gone()).containsExactly(1);
  }

  @Test
  void aBodyThatDoesNotComeHoldsUpItsRequest() throws IOException {
    Consumer<Connection> sends =
        connection -> {
          Request request = new Request();
          request.setContentLength(1_000_000);
          connection.begin(request);
          connection.nextRequest(false);
        };
    sends.accept(connection("client"));
    sends.accept(connection("client"));
    when(channel(1).isDrained()).thenReturn(true);
    pass(5_000);

    makeRoom(NOT_CROWDED);

    assertThat(gone()).containsExactly(1);
  }

  @Test
  void whatAGreedyClientAsksForIsEndedWhereACrowdFindsNoOtherRoom() throws IOException {
    times(GREEDY, () -> working("greedy", true));
    times(GREEDY / 2, () -> working("modest", true));
    pass(1_000);

    makeRoom(NOT_CROWDED);
    assertThat(gone()).isEmpty();

    makeRoom(CROWDED);
    assertThat(gone()).hasSize(1 + MOST / 8).allMatch(number -> number < GREEDY);
  }

  @Test
  void whoHasJustAskedIsNotEnded() throws IOException {
    times(GREEDY, () -> working("greedy", true));
    pass(100);

    makeRoom(CROWDED);

    assertThat(gone()).isEmpty();
  }

  @Test
  void whereThereAreManyClientsThoseAreGreedyWhoHaveMoreThanTheirShare() throws IOException {
    for (String client : List.of("a", "b", "c", "d")) {
      times(10, () -> working(client, true));
    }
    times(8, () -> working("modest", true));
    pass(1_000);

    makeRoom(CROWDED);

    assertThat(gone()).hasSize(1 + MOST / 8).allMatch(number -> number < 40);
  }

  @Test
  void whatWasUsedOnceOrTwiceGoesAGreedyClientsFirst() throws IOException {
    times(GREEDY, () -> idle("greedy", 2));
    times(2, () -> idle("greedy", 50));
    idle("modest", 1);
    pass(500);

    makeRoom(NOT_CROWDED);

    assertThat(gone()).hasSize(1 + MOST / 8).allMatch(number -> number < GREEDY);
  }

  @Test
  void whoOnlyPausesGoesLastAndOneAtATime() throws IOException {
    times(10, () -> idle("client", 10));
    idle("client", 9);
    pass(500);

    makeRoom(NOT_CROWDED);
    assertThat(gone()).isEmpty();

    makeRoom(CROWDED);
    assertThat(gone()).containsExactly(10);
  }

  @Test
  void whoIsCutOffIsInterruptedAndClosedByItsOwnThread() throws IOException {
    Connection connection = working("client", false);

    connection.cutOff();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(connection.isCutOff()).isTrue();
    assertThat(open.getFirst().getSocket().getIOChannel().isOpen()).isFalse();
    assertThat(open.getFirst().isClosed()).isFalse();
  }

  @Test
  void whoIsCutOffBetweenRequestsIsClosedAtOnce() throws IOException {
    Connection connection = idle("client", 1);

    connection.cutOff();

    assertThat(open.getFirst().isClosed()).isTrue();
  }

  @Test
  void headersAndAnswersHaveTheirTime() throws IOException {
    connections.setTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30));
    Connection inHeaders = connection("client");
    Request request = new Request();
    inHeaders.begin(request);
    inHeaders.end(request, SocketState.LONG);
    pass(19_000);
    connections.closeLate(open);
    assertThat(gone()).isEmpty();

    pass(2_000);
    connections.closeLate(open);

    assertThat(gone()).containsExactly(0);
  }

  @Test
  void aRequestHasWaitedSinceItCame() throws IOException {
    Connection connection = connection("crowd");
    connection.arrived();
    now.addAndGet(MILLISECONDS.toNanos(30));
    connection.begin(new Request());
    now.addAndGet(MILLISECONDS.toNanos(30));

    assertThat(connection.waitedNanos()).isEqualTo(MILLISECONDS.toNanos(30));
  }
}
