package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.batch.BatchService;
import io.tunesmith.batch.Batches;
import io.tunesmith.batch.LineJson;
import io.tunesmith.api.rest.BodyLimit;
import io.tunesmith.core.BatchId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Batches as OpenAI's clients make, look at, list and cancel them. */
@Path("/v1/batches")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BatchResource {
    private static final int LARGEST_BODY = 256 << 10;
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private final Access access;
    private final BatchService batches;

    public BatchResource(Access access, BatchService batches) {
        this.access = access;
        this.batches = batches;
    }

    @POST
    @Operation(operationId = "makeBatch", summary = "Makes a batch of the lines of a file")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "BatchRequest")))
    public BatchView create(InputStream body) {
        return BatchView.of(mine().create(new CreateBatch(read(body)).order()));
    }

    @GET
    @Operation(operationId = "listBatches", summary = "Lists batches, newest first")
    public Listing<BatchView> list(@QueryParam("after") Optional<String> after, @QueryParam("limit") Optional<String> limit) {
        int most = Listing.limit(limit, USUAL, MOST);
        List<BatchView> found = mine().list(after.map(BatchResource::known), most + 1).stream().map(BatchView::of).toList();
        return Listing.of(found, most, BatchView::id);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getBatch", summary = "How far a batch is")
    public BatchView one(@PathParam("id") String id) {
        return mine().find(known(id)).map(BatchView::of).orElseThrow(() -> BatchService.unknown(id));
    }

    /** Clients send no body. */
    @POST
    @Path("{id}/cancel")
    @Operation(operationId = "cancelBatch", summary = "Cancels a batch; what is done is kept")
    public BatchView cancel(@PathParam("id") String id) {
        return BatchView.of(mine().cancel(known(id)));
    }

    private Batches mine() {
        return batches.as(access.caller());
    }

    /** A text that is no id names no batch. */
    private static BatchId known(String id) {
        try {
            return new BatchId(id);
        } catch (FailureException e) {
            throw BatchService.unknown(id);
        }
    }

    private static JsonNode read(InputStream body) {
        try {
            return LineJson.read(BodyLimit.text(BodyLimit.read(body, LARGEST_BODY)));
        } catch (LineJson.Unreadable e) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", e.getMessage()).asException();
        }
    }
}
