package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where a client learns which provider's tokens this service takes (RFC 9728); of the whole service, and of its MCP door. */
@Path("/.well-known/oauth-protected-resource")
@Produces(MediaType.APPLICATION_JSON)
public class ProtectedResource {
    private final People people;

    public ProtectedResource(People people) {
        this.people = people;
    }

    /** The document of RFC 9728. */
    public record Document(String resource, List<String> authorizationServers, List<String> scopesSupported, List<String> bearerMethodsSupported) {}

    @GET
    @Operation(operationId = "describeProvider", summary = "Which identity provider's tokens the service takes; 404 if none")
    public Document service(@Context UriInfo uri) {
        return document(uri, "");
    }

    @GET
    @Path("mcp")
    @Operation(operationId = "describeProviderForMcp", summary = "The same, for MCP clients")
    public Document mcp(@Context UriInfo uri) {
        return document(uri, "mcp");
    }

    private Document document(UriInfo uri, String door) {
        String issuer = people.issuer().orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "path", "this service takes keys, and no provider's tokens")
                .hint("start it with --oidc-issuer and --oidc-audience").asException());
        return new Document(uri.getBaseUri().resolve("/" + door).toString(), List.of(issuer), List.of("tunesmith:read", "tunesmith:run", "tunesmith:admin"), List.of("header"));
    }
}
