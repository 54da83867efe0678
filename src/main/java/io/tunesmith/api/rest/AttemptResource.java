package io.tunesmith.api.rest;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.Dispatcher;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Where training processes report. Each call takes the token of its attempt and nothing else; the JSON is the worker contract's. */
@Path("/api/v1/attempts/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AttemptResource {
    private static final String BEARER = "Bearer ";
    private final Dispatcher dispatcher;

    public AttemptResource(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @POST
    @Path("claim")
    public String claim(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, InputStream body) {
        return switch (dispatcher.claim(key(key), token(authorization), read(body, Claim.class))) {
            case Claim.Answer.Granted granted -> Wire.write(granted);
            case Claim.Answer.Refused refused -> throw Failure.BadRequest.of(FailureCode.REFUSED, "nonce", refused.reason()).asException();
        };
    }

    @POST
    @Path("events")
    public String events(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, InputStream body) {
        return Wire.write(dispatcher.events(key(key), token(authorization), read(body, Report.class)));
    }

    @POST
    @Path("result")
    public Response result(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, InputStream body) {
        dispatcher.result(key(key), token(authorization), read(body, Outcome.class));
        return Response.ok("{}").build();
    }

    private static AttemptKey key(String key) {
        try {
            return new AttemptKey(key);
        } catch (IllegalArgumentException e) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "key", e.getMessage()).asException();
        }
    }

    private static String token(String authorization) {
        return authorization != null && authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
    }

    private static <T> T read(InputStream body, Class<T> type) {
        try {
            byte[] bytes = body.readNBytes(Wire.MAX_BYTES + 1);
            if (bytes.length > Wire.MAX_BYTES) {
                throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the report is too large").allowed("at most " + Wire.MAX_BYTES + " bytes").asException();
            }
            return Wire.read(new String(bytes, StandardCharsets.UTF_8), type);
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.MalformedReply ? Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", e.getMessage()).asException() : e;
        } catch (IllegalArgumentException e) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", String.valueOf(e.getMessage())).asException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
