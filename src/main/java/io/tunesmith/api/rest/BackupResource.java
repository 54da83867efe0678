package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /api/v1/backup}: a tar file of everything that the service keeps, as of one moment. It holds secrets: whoever has it can open sealed tests. */
@Path("/api/v1/backup")
@RunOnVirtualThread
public class BackupResource {
    private final Backup backup;

    public BackupResource(Backup backup) {
        this.backup = backup;
    }

    @GET
    @Produces("application/x-tar")
    @Operation(operationId = "downloadBackup", summary = "Everything that the service keeps, as a tar file")
    @APIResponse(responseCode = "200", description = "A tar file", content = @Content(mediaType = "application/x-tar", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response download() {
        StreamingOutput body = backup::write;
        return Response.ok(body).header("Content-Disposition", "attachment; filename=\"tunesmith-backup.tar\"").build();
    }
}
