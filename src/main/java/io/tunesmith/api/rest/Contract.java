package io.tunesmith.api.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Adds to the description of the calls what holds for all of them: the key, and the errors, in the form of the family that a path belongs to. A request's
 * object takes no other fields than it names; an answer's fields are all there, absent ones as null. Made when the service is built: its start costs nothing.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class Contract implements OASFilter {
    private static final String BEARER = "bearer";
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final String OPENAI = "#/components/schemas/OpenAiError";
    private static final List<Integer> ALWAYS = List.of(400, 401, 403, 404, 405, 406, 429, 503);
    private static final List<Integer> CHANGES = List.of(409, 422);
    private static final List<Integer> BODIES = List.of(413, 415);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().addSecurityScheme(BEARER, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").description("a key of this service (tsk_…), or a token of its identity provider"));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(BEARER));
        schemas(document);
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach((method, operation) -> describe(path, item, method, operation)));
    }

    private static void schemas(OpenAPI document) {
        Map<String, Schema> schemas = new LinkedHashMap<>(document.getComponents().getSchemas());
        schemas.put("Problem", problem());
        schemas.put("OpenAiError", openAi());
        schemas.put("JsonNode", object().description("any JSON object"));
        schemas.remove("JsonNodeType");
        Set<String> requests = requests(document, schemas);
        schemas.forEach((name, schema) -> complete(schema, requests.contains(name)));
        document.getComponents().setSchemas(schemas);
    }

    /** Every property that cannot be null is there. A schema that was written by hand (META-INF/openapi.json) has said so itself. */
    private static void complete(Schema schema, boolean request) {
        if (schema.getProperties() == null || schema.getAdditionalPropertiesBoolean() != null) {
            return;
        }
        List<String> present = new ArrayList<>();
        schema.getProperties().forEach((name, property) -> {
            if (!nullable(property)) {
                present.add(name);
            }
            asItIs(property);
        });
        schema.setRequired(present.isEmpty() ? null : present);
        if (request) {
            schema.setAdditionalPropertiesBoolean(false);
        }
    }

    private static boolean nullable(Schema schema) {
        return schema.getType() != null && schema.getType().contains(Schema.SchemaType.NULL) || schema.getAnyOf() != null && schema.getAnyOf().stream().anyMatch(Contract::nullable);
    }

    /** JSON as it is was taken for a list of itself. */
    private static void asItIs(Schema schema) {
        boolean any = schema.getItems() != null && schema.getItems().getRef() != null && schema.getItems().getRef().endsWith("/JsonNode");
        if (any) {
            schema.setItems(null);
            schema.setType(List.of(Schema.SchemaType.OBJECT, Schema.SchemaType.NULL));
        }
    }

    /** The schemas of bodies, and those that these name. */
    private static Set<String> requests(OpenAPI document, Map<String, Schema> schemas) {
        Set<String> found = new TreeSet<>();
        document.getPaths().getPathItems().values().stream().flatMap(item -> item.getOperations().values().stream()).filter(operation -> operation.getRequestBody() != null && operation.getRequestBody().getContent() != null)
                .flatMap(operation -> operation.getRequestBody().getContent().getMediaTypes().values().stream()).filter(type -> type.getSchema() != null).forEach(type -> follow(type.getSchema(), schemas, found));
        return found;
    }

    private static void follow(Schema schema, Map<String, Schema> schemas, Set<String> found) {
        if (schema.getRef() != null && found.add(schema.getRef().substring(schema.getRef().lastIndexOf('/') + 1))) {
            follow(schemas.get(schema.getRef().substring(schema.getRef().lastIndexOf('/') + 1)), schemas, found);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> follow(property, schemas, found));
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(one -> follow(one, schemas, found));
        }
        if (schema.getItems() != null) {
            follow(schema.getItems(), schemas, found);
        }
    }

    private static void describe(String path, PathItem item, PathItem.HttpMethod method, Operation operation) {
        boolean openAi = path.startsWith("/v1/") || path.equals("/v1");
        operation.addTag(openAi ? "openai" : path.startsWith("/api/v1/attempts") || path.startsWith("/api/v1/agents") ? "internal" : "native");
        APIResponses responses = operation.getResponses();
        plainTypes(responses);
        List<Integer> statuses = new ArrayList<>(ALWAYS);
        if (operation.getRequestBody() != null) {
            statuses.addAll(BODIES);
        }
        statuses.addAll(CHANGES);
        if (takes(item, operation, "If-Match") || path.contains("/artifacts/") || responses.hasAPIResponse("304")) {
            statuses.add(412);
        }
        statuses.stream().sorted().forEach(status -> responses.addAPIResponse(Integer.toString(status), error(status, openAi)));
        responses.removeAPIResponse("500");
    }

    /** How much an answer is preferred is no part of its type. */
    private static void plainTypes(APIResponses responses) {
        responses.getAPIResponses().values().stream().filter(response -> response.getContent() != null).forEach(response -> {
            Map<String, MediaType> plain = new LinkedHashMap<>();
            response.getContent().getMediaTypes().forEach((type, content) -> plain.put(type.split(";")[0], content));
            response.getContent().setMediaTypes(plain);
        });
    }

    private static boolean takes(PathItem item, Operation operation, String header) {
        return operation.getParameters() != null && operation.getParameters().stream().anyMatch(parameter -> header.equals(parameter.getName()));
    }

    private static APIResponse error(int status, boolean openAi) {
        Content content = OASFactory.createContent().addMediaType(openAi ? "application/json" : Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(OASFactory.createSchema().ref(openAi ? OPENAI : PROBLEM)));
        return OASFactory.createAPIResponse().description(Problem.title(status)).content(content);
    }

    private static Schema problem() {
        Schema field = object().addProperty("field", text(true)).addProperty("message", text(false)).addProperty("allowed", text(true)).addProperty("hint", text(true));
        return object().description("An error (RFC 9457)").addProperty("type", text(false)).addProperty("title", text(false)).addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text(false)).addProperty("instance", text(true)).addProperty("code", text(false)).addProperty("errors", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(field));
    }

    private static Schema openAi() {
        Schema error = object().addProperty("message", text(false)).addProperty("type", text(false)).addProperty("param", text(true)).addProperty("code", text(true));
        return object().description("An error as OpenAI writes it").addProperty("error", error);
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    }

    private static Schema text(boolean absent) {
        Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        return absent ? text.addType(Schema.SchemaType.NULL) : text;
    }
}
