package dev.logaggregator.subscription.push;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.subscription.Subscription;
import dev.logaggregator.subscription.SubscriptionLookup;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows what became of the latest pushes. */
@RestController
final class AttemptsController {

  private final SubscriptionLookup subscriptions;
  private final Pushers pushers;
  private final MemoryAccount memory;

  AttemptsController(SubscriptionLookup subscriptions, Pushers pushers, MemoryAccount memory) {
    this.subscriptions = subscriptions;
    this.pushers = pushers;
    this.memory = memory;
  }

  @GetMapping("/subscriptions/{name}/attempts")
  void attempts(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    try (var answer = new AnswerChunks(request, response, CacheControl.noStore(), memory)) {
      answer.buffer().ascii("{\"attempts\":[");
      String separator = "";
      for (Attempt attempt : pushers.attempts(subscription)) {
        answer.buffer().ascii(separator);
        write(attempt, answer.buffer());
        answer.endOfPart();
        separator = ",";
      }
      answer.buffer().ascii("]}");
      answer.end();
    }
  }

  private static void write(Attempt attempt, JsonBuffer out) {
    out.ascii("{\"at\":").timestamp(attempt.at());
    out.ascii(",\"offset\":").number(attempt.offset());
    out.ascii(",\"delivery\":").number(attempt.delivery());
    if (attempt.status() > 0) {
      out.ascii(",\"status\":").number(attempt.status());
    }
    out.ascii(",\"tookMillis\":").number(attempt.took().toMillis());
    if (attempt.error() != null) {
      out.ascii(",\"error\":").string(attempt.error());
    }
    out.put('}');
  }
}
