package dev.logaggregator.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.servlet.resource.TransformedResource;

class HeldFilesTest {

  /** What comes after the files that are held. */
  private static final ResourceResolverChain OTHERS =
      new ResourceResolverChain() {
        @Override
        public Resource resolveResource(
            @Nullable HttpServletRequest request, String path, List<? extends Resource> locations) {
          return new ByteArrayResource(path.getBytes(UTF_8));
        }

        @Override
        public String resolveUrlPath(String path, List<? extends Resource> locations) {
          return "other/" + path;
        }
      };

  private final HeldFiles files = new HeldFiles("classpath:/static/");

  private @Nullable Resource resolved(String path) {
    return files.resolveResource(null, path, List.of(), OTHERS);
  }

  @Test
  void fileOfTheirPlaceIsServedByItsPathWithItsNameAndItsBytes() throws IOException {
    Resource file = resolved("dashboard/app.js");

    assertThat(file).isNotNull();
    assertThat(file.getFilename()).isEqualTo("app.js"); // which tells its content type
    assertThat(file.getContentAsByteArray())
        .isEqualTo(new ClassPathResource("static/dashboard/app.js").getContentAsByteArray());
    assertThat(files.resolveUrlPath("dashboard/app.js", List.of(), OTHERS))
        .isEqualTo("dashboard/app.js");
  }

  @Test
  void whatIsServedLiesInMemoryAndIsTheSameEachTime() {
    assertThat(resolved("index.html"))
        .isInstanceOf(TransformedResource.class)
        .isSameAs(resolved("index.html"));
  }

  @Test
  void aPathThatGoesUpAndDownWithinItsPlaceIsTheFileItLeadsTo() {
    assertThat(resolved("dashboard/../index.html")).isSameAs(resolved("index.html"));
    assertThat(resolved("dashboard/./app.js")).isSameAs(resolved("dashboard/app.js"));
  }

  @Test
  void whatIsNotThereIsLeftToOthers() throws IOException {
    for (String path : List.of("absent.js", "dashboard", "../application.yaml", "")) {
      Resource left = resolved(path);

      assertThat(left).isNotNull();
      assertThat(left.getContentAsString(UTF_8)).isEqualTo(path);
      assertThat(files.resolveUrlPath(path, List.of(), OTHERS)).isEqualTo("other/" + path);
    }
  }
}
