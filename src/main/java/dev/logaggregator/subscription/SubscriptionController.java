package dev.logaggregator.subscription;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.request.AnswerChunks;
import dev.logaggregator.request.QueryParameters;
import dev.logaggregator.store.EventStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
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

  private final EventStore store;
  private final Subscriptions subscriptions;
  private final BacklogCounter backlogs;
  private final InstantSource clock;
  private final MemoryAccount memory;

  SubscriptionController(
      EventStore store,
      Subscriptions subscriptions,
      BacklogCounter backlogs,
      InstantSource clock,
      MemoryAccount memory) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.backlogs = backlogs;
    this.clock = clock;
    this.memory = memory;
  }

  @PutMapping("/{name}")
  void put(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    SubscriptionName.require(name);
    DefinitionRequest wanted = definition(request);
    try (AnswerChunks answer = answer(request, response)) {
      Subscriptions.Result result = subscriptions.put(name, wanted);
      Subscription subscription = result.subscription();
      long watermark = backlogs.count(List.of(subscription));
      response.setStatus((result.created() ? HttpStatus.CREATED : HttpStatus.OK).value());
      json(watermark).write(subscription, result.newSecret(), answer);
      answer.end();
    }
  }

  private AnswerChunks answer(HttpServletRequest request, HttpServletResponse response) {
    return new AnswerChunks(request, response, CacheControl.noStore(), memory);
  }

  private DefinitionRequest definition(HttpServletRequest request) throws IOException {
    try (Claim claim = memory.claim(Use.BODIES, request.getRemoteAddr())) {
      JsonFields fields = JsonFields.of(request, DefinitionRequest.KNOWN, claim);
      return DefinitionRequest.parse(fields, clock.instant());
    }
  }

  private SubscriptionJson json(long watermark) {
    return new SubscriptionJson(store.epoch(), watermark, clock.instant());
  }

  @GetMapping
  void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryParameters.of(request, Set.of());
    try (AnswerChunks answer = answer(request, response)) {
      List<Subscription> all = List.copyOf(subscriptions.all());
      SubscriptionJson json = json(backlogs.count(all));
      answer.buffer().ascii("{\"subscriptions\":[");
      String separator = "";
      for (Subscription subscription : all) {
        answer.buffer().ascii(separator);
        json.write(subscription, null, answer);
        separator = ",";
      }
      answer.buffer().ascii("]}");
      answer.end();
    }
  }

  @GetMapping("/{name}")
  void show(
      @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryParameters.of(request, Set.of());
    Subscription subscription = subscriptions.require(name);
    try (AnswerChunks answer = answer(request, response)) {
      json(backlogs.count(List.of(subscription))).write(subscription, null, answer);
      answer.end();
    }
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("name") String name, HttpServletRequest request) {
    QueryParameters.of(request, Set.of());
    subscriptions.delete(name);
  }
}
