package io.tunesmith.api.rest;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.tunesmith.api.ErrorAnswer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The answer to a request whose end cannot be found: said in HTTP/1.1, whatever the request spoke, and then the line is closed, so that nothing that follows on
 * it is taken for a request of its own. The framework would answer in the request's version, go on with what follows, or close without a word; so this goes past it.
 */
public final class LastWord {
    private static final String SAID = "tunesmith.last-word";

    private LastWord() {}

    static void say(RoutingContext context, ErrorAnswer answer) {
        context.put(SAID, true);
        Channel channel = channel(context);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
        answer.headers().forEach(response.headers()::set);
        response.headers().set(HttpHeaderNames.CONNECTION, "close").set("X-Content-Type-Options", "nosniff").setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        deafen(channel);
        channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static Channel channel(RoutingContext context) {
        return ((ConnectionBase) context.request().connection()).channel();
    }

    /** What has been read already, and may have been taken for requests, goes no further. */
    private static void deafen(Channel channel) {
        channel.pipeline().addBefore(channel.pipeline().lastContext().name(), null, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
            }
        });
    }

    /** Of a body that comes in parts, one of which is none. A line that merely broke off has nobody at its other end. */
    static void ifItsBodyBreaks(RoutingContext context, Supplier<ErrorAnswer> answer) {
        if (context.request().getHeader("Transfer-Encoding") != null) {
            context.request().connection().exceptionHandler(failure -> {
                if (failure instanceof IOException || context.response().closed()) {
                    return;
                }
                if (context.response().headWritten()) {
                    // Whoever did not wait for the body has answered: that must be on its way before the framework closes the line.
                    channel(context).flush();
                } else {
                    say(context, answer.get());
                }
            });
        }
    }

    /** Whether there is nothing left to be said to a request: its line is being closed. */
    public static boolean said(RoutingContext context) {
        return Boolean.TRUE.equals(context.get(SAID));
    }
}
