package benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import benchmarks.events.SampleEvents.Batch;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** {@code XADD} to one stream, {@value #PIPELINE} at a time. */
final class RedisSink implements Sink {

  private static final int PIPELINE = 100;
  private static final byte[] ADD =
      "*5\r\n$4\r\nXADD\r\n$6\r\nevents\r\n$1\r\n*\r\n$1\r\ne\r\n$".getBytes(ISO_8859_1);

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] answer = new byte[64 * 1024];
  private byte[] commands = new byte[64 * 1024];
  private int length;
  private volatile long acknowledged;

  RedisSink(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  @Override
  public void send(Batch batch) throws IOException {
    for (int first = 0; first < batch.size(); first += PIPELINE) {
      int end = Math.min(batch.size(), first + PIPELINE);
      length = 0;
      for (int i = first; i < end; i++) {
        int size = batch.end(i) - batch.start(i);
        append(ADD, 0, ADD.length);
        byte[] digits = (size + "\r\n").getBytes(ISO_8859_1);
        append(digits, 0, digits.length);
        append(batch.bytes(), batch.start(i), batch.end(i));
        append(digits, digits.length - 2, digits.length);
      }
      out.write(commands, 0, length);
      awaitAnswers(end - first);
      acknowledged = acknowledged + end - first;
    }
  }

  private void append(byte[] bytes, int from, int to) {
    if (length + to - from > commands.length) {
      commands = Arrays.copyOf(commands, (length + to - from) * 2);
    }
    System.arraycopy(bytes, from, commands, length, to - from);
    length += to - from;
  }

  /** Each answer is two lines: the length of an id, and the id. */
  private void awaitAnswers(int count) throws IOException {
    int lines = 2 * count;
    while (lines > 0) {
      int read = in.read(answer);
      if (read < 0) {
        throw new EOFException();
      }
      for (int i = 0; i < read; i++) {
        if (answer[i] == '-' && i + 3 < read && answer[i + 1] == 'E' && answer[i + 2] == 'R') {
          throw new IOException(new String(answer, i, read - i, ISO_8859_1));
        }
        lines -= answer[i] == '\n' ? 1 : 0;
      }
    }
  }

  @Override
  public long acknowledged() {
    return acknowledged;
  }

  /** Asks something that is answered in one piece, and returns the answer as it came. */
  static String ask(int port, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(ISO_8859_1));
      byte[] answer = new byte[16 * 1024];
      return new String(answer, 0, socket.getInputStream().read(answer), ISO_8859_1);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
