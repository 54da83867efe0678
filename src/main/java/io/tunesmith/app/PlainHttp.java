package io.tunesmith.app;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/** HTTP/1.1 without TLS stays HTTP/1.1: an upgrade to HTTP/2 would pass whatever a proxy in front looks at. */
@Singleton
public class PlainHttp implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
