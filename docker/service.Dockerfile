# The Tunesmith service. Build from the repository's root:
#   docker build -f docker/service.Dockerfile -t tunesmith .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY .mvn .mvn
COPY pom.xml pom.xml
RUN mvn -q -B dependency:go-offline
COPY src/main src/main
RUN mvn -q -B package -DskipTests

FROM eclipse-temurin:25-jre
# libgomp is needed by LightGBM, curl by the health check. No versions: they follow the distribution's security updates.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --create-home --home-dir /home/tunesmith tunesmith \
    && install -d -o tunesmith -g tunesmith -m 0700 /data
COPY --from=build --chown=root:root /src/target/quarkus-app /opt/tunesmith
USER 10001
WORKDIR /home/tunesmith
VOLUME /data
EXPOSE 7070
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:7070/q/health/ready"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xmx512m", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "/opt/tunesmith/quarkus-run.jar"]
CMD ["--data-dir", "/data", "--host", "0.0.0.0", "--port", "7070"]
