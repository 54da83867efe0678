package io.tunesmith.api.openai;

import io.tunesmith.api.rest.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Below {@code /v1} every error has the form of the OpenAI API, whoever found it: of any other form clients show nothing but the status. */
@Singleton
public class OpenAiForm {

    @ServerResponseFilter
    public void form(ContainerRequestContext request, ContainerResponseContext answer) {
        if (answer.getEntity() instanceof Problem problem && OpenAiError.speaks(request.getUriInfo().getPath())) {
            answer.setEntity(OpenAiError.of(problem).body(), new java.lang.annotation.Annotation[0], MediaType.APPLICATION_JSON_TYPE);
            answer.getHeaders().putSingle("Content-Type", MediaType.APPLICATION_JSON);
        }
    }
}
