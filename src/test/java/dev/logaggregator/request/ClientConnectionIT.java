package dev.logaggregator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a bare Tomcat, whose only servlet asks for its client. */
@Timeout(30)
class ClientConnectionIT {

  private final Tomcat tomcat = new Tomcat();
  private final BlockingQueue<ClientConnection> connections = new LinkedBlockingQueue<>();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);

  @BeforeEach
  void start(@TempDir Path directory) throws LifecycleException {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getEngine().getPipeline().addValve(new ClientConnectionValve());
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "asking", new Asking());
    context.addServletMappingDecoded("/", "asking");
    tomcat.start();
  }

  @AfterEach
  void stop() throws LifecycleException {
    mayAnswer.countDown();
    tomcat.stop();
    tomcat.destroy();
  }

  /** Hands its connection to the test, asks until the client is gone or the test says so. */
  @SuppressWarnings("serial")
  private final class Asking extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      ClientConnection connection = ClientConnection.of(request);
      connections.add(connection);
      await().until(() -> connection.isGone() || mayAnswer.getCount() == 0);
      if ("/cut".equals(request.getRequestURI())) {
        response.getOutputStream().print("half of the answer");
        response.flushBuffer();
        connection.cutOff();
      } else {
        response.getOutputStream().print("the answer");
      }
    }
  }

  @Test
  void noticesThatTheClientHasClosedBeforeAnythingIsWritten() throws Exception {
    Socket client = send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ClientConnection connection = connections.take();
    assertThat(connection.isGone()).isFalse();

    client.close();

    await().until(connection::isGone);
  }

  @Test
  void leavesTheConnectionToThoseWhoStay() throws Exception {
    try (Socket client = send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      ClientConnection connection = connections.take();
      await().during(200, TimeUnit.MILLISECONDS).until(() -> !connection.isGone());
      mayAnswer.countDown();

      assertThat(firstLine(client)).contains("200");
    }
  }

  @Test
  void keepsARequestThatIsSentAheadOfTheAnswer() throws Exception {
    try (Socket client = send("GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      ClientConnection connection = connections.take();
      write(client, "G");
      await().during(200, TimeUnit.MILLISECONDS).until(() -> !connection.isGone());
      write(client, "ET /second HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      await().during(200, TimeUnit.MILLISECONDS).until(() -> !connection.isGone());
      mayAnswer.countDown();

      assertThat(text(client.getInputStream()).split("the answer", -1)).hasSize(3);
    }
  }

  @Test
  void holdsTheClientOfARequestWithABodyToBeThere() throws Exception {
    try (Socket client =
        send("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")) {
      ClientConnection connection = connections.take();

      await().during(200, TimeUnit.MILLISECONDS).until(() -> !connection.isGone());
      mayAnswer.countDown();
      assertThat(firstLine(client)).contains("200");
    }
  }

  @Test
  void cutsAnAnswerOffSoThatItIsSeenToBeIncomplete() throws Exception {
    mayAnswer.countDown();
    try (Socket client = send("GET /cut HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      String answer = text(client.getInputStream());

      assertThat(answer).contains("half of the answer").doesNotContain("\r\n0\r\n");
    }
  }

  private Socket send(String request) throws IOException {
    Socket socket = new Socket("localhost", tomcat.getConnector().getLocalPort());
    write(socket, request);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String firstLine(Socket socket) throws IOException {
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    return new String(start, StandardCharsets.US_ASCII);
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
