package bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;

/** Answers every request with the same JSON, of the size that the other side answers with. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class HelloResource {
    private final JsonNode body;

    public HelloResource() throws IOException {
        body = new ObjectMapper().readTree(Files.readAllBytes(java.nio.file.Path.of(System.getProperty("bare.body"))));
    }

    @GET
    @Path("{id}")
    public JsonNode hello(@PathParam("id") String id) {
        return body;
    }
}
