package dev.logaggregator.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * Files of a place on the class path, read at the start and held from then on; those that belong to
 * the build bound what they take.
 *
 * <p>So no request looks into the jar, whose monitor is also taken to load classes. A virtual
 * thread that waits for it gives its carrier back, one that loads a class keeps it: were it the
 * former's turn while all carriers are kept by the latter, nobody would ever go on.
 */
final class HeldFiles implements ResourceResolver {

  private final Map<String, Resource> files = new HashMap<>();

  /**
   * @param location as {@code classpath:/static/}
   */
  HeldFiles(String location) {
    PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
    try {
      String root = resolver.getResource(location).getURL().toString();
      for (Resource file : resolver.getResources(location + "**/*.*")) {
        String path = file.getURL().toString().substring(root.length());
        if (file.isReadable()) {
          files.put(path, new TransformedResource(file, file.getContentAsByteArray()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Resource resolveResource(
      @Nullable HttpServletRequest request,
      String path,
      List<? extends Resource> locations,
      ResourceResolverChain chain) {
    // Browsers leave out what points to where it is; other programs may not.
    Resource file = files.get(StringUtils.cleanPath(path));
    return file != null ? file : chain.resolveResource(request, path, locations);
  }

  @Override
  public @Nullable String resolveUrlPath(
      String path, List<? extends Resource> locations, ResourceResolverChain chain) {
    return files.containsKey(path) ? path : chain.resolveUrlPath(path, locations);
  }
}
