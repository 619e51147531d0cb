package dev.logaggregator.subscription;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.JsonAnswer;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates, shows and deletes subscriptions. */
@RestController
@RequestMapping(path = "/subscriptions")
final class SubscriptionController {

  private static final int FIRST_CAPACITY = 1024;

  private final EventStore store;
  private final Subscriptions subscriptions;
  private final InstantSource clock;

  SubscriptionController(EventStore store, Subscriptions subscriptions, InstantSource clock) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  @PutMapping("/{name}")
  void put(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    SubscriptionName.require(name);
    JsonFields fields = JsonFields.of(request, DefinitionRequest.KNOWN);
    Subscriptions.Result result =
        subscriptions.put(name, DefinitionRequest.parse(fields, clock.instant()));
    JsonBuffer out = new JsonBuffer(FIRST_CAPACITY);
    SubscriptionJson.write(result.subscription(), store, clock.instant(), result.newSecret(), out);
    response.setStatus((result.created() ? HttpStatus.CREATED : HttpStatus.OK).value());
    JsonAnswer.send(response, out, CacheControl.noStore());
  }

  @GetMapping
  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters.of(request, Set.of());
    JsonBuffer out = new JsonBuffer(FIRST_CAPACITY);
    out.ascii("{\"subscriptions\":[");
    String separator = "";
    for (Subscription subscription : subscriptions.all()) {
      out.ascii(separator);
      SubscriptionJson.write(subscription, store, clock.instant(), null, out);
      separator = ",";
    }
    out.ascii("]}");
    JsonAnswer.send(response, out, CacheControl.noStore());
  }

  @GetMapping("/{name}")
  void show(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    JsonBuffer out = new JsonBuffer(FIRST_CAPACITY);
    SubscriptionJson.write(subscriptions.require(name), store, clock.instant(), null, out);
    JsonAnswer.send(response, out, CacheControl.noStore());
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("name") String name, HttpServletRequest request) {
    QueryParameters.of(request, Set.of());
    subscriptions.delete(name);
  }
}
