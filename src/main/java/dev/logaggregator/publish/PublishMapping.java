package dev.logaggregator.publish;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The short way to {@code POST /publish}: finding it by its annotations, as every other request
 * does, costs more than storing an event. What isn't exactly that request is left to them.
 */
@Component
final class PublishMapping implements HandlerMapping, Ordered {

  private final HandlerMethod publish;

  PublishMapping(PublishController controller) throws NoSuchMethodException {
    Method method =
        PublishController.class.getDeclaredMethod(
            "publish", HttpServletRequest.class, HttpServletResponse.class);
    publish = new HandlerMethod(controller, method);
  }

  @Override
  public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
    if (request.getRequestURI().equals("/publish") && request.getMethod().equals("POST")) {
      request.setAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE, "/publish");
      return new HandlerExecutionChain(publish);
    }
    return null;
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
