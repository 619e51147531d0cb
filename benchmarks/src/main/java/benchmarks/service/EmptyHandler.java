package benchmarks.service;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the body and answers: what Spring MVC costs when nothing is done with the request. */
@RestController
class EmptyHandler {

  private static final int BUFFER_BYTES = 8192;

  @PostMapping("/empty")
  void empty(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream body = request.getInputStream();
    while (body.read(buffer) >= 0) {
      continue;
    }
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
  }
}
