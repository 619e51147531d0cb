# docker build -t pubsub-log-aggregator --build-arg REVISION=$(git rev-parse HEAD) .
# docs/container.md says how to run it, docs/adr/0006-runtime-in-the-container.md why it is made like this.

FROM docker.io/library/maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml LICENSE ./
COPY src/main/java src/main/java
COPY src/main/resources src/main/resources
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Pimage -Dmaven.test.skip=true package
# The application as jars: a cache of classes can't be made of jars within a jar.
COPY src/main/docker/slim /tmp/slim
RUN java -Djarmode=tools -jar target/*.jar extract --destination /app --application-filename app.jar \
    && /tmp/slim /app && mv target/jib/app/native /app/

# Only the modules that the service uses, so a third of the JDK.
FROM docker.io/library/eclipse-temurin:25-jdk AS java
RUN jlink --output /runtime --no-header-files --no-man-pages --add-modules \
    java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.net,jdk.unsupported

FROM docker.io/library/debian:bookworm-slim AS service
# Two arenas for native memory, instead of eight for each processor.
ENV PATH=/opt/java/bin:$PATH LANG=C.UTF-8 MALLOC_ARENA_MAX=2
COPY --from=java /runtime /opt/java
COPY --from=build /app/lib /app/lib
COPY --from=build /app/native /app/native
COPY --from=build /app/app.jar /app/jib-classpath-file /app/
COPY src/main/jib /
WORKDIR /app
USER 10001:10001

FROM service AS trained
USER root
COPY src/main/docker/train /tmp/train
RUN /tmp/train /app/app.aot && echo -XX:AOTCache=/app/app.aot >>/app/jvm.args

FROM service
COPY --from=trained /app/app.aot /app/jvm.args /app/
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["/app/healthcheck"]
ENTRYPOINT ["java", "@/app/jvm.args", "-Dspring.aot.enabled=true", "-cp", "@/app/jib-classpath-file", "dev.logaggregator.LogAggregator"]
ARG REVISION=unknown VERSION=0.1.0-SNAPSHOT
LABEL org.opencontainers.image.title="Pub-Sub Log Aggregator" \
    org.opencontainers.image.description="Takes in, deduplicates, keeps, finds and delivers log events over HTTP" \
    org.opencontainers.image.licenses=Apache-2.0 \
    org.opencontainers.image.version=$VERSION \
    org.opencontainers.image.revision=$REVISION
