package io.tunesmith.api.mcp;

import io.quarkiverse.mcp.server.Cancellation;
import io.quarkiverse.mcp.server.FeatureManager.RequestFeatureArguments;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.run.Caller;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Opens the door: the ten tools, each on a virtual thread of its own, as the caller whom the gate has let in. */
@Singleton
final class Door {
    private static final Logger LOG = Logger.getLogger(Door.class);
    private final ToolManager manager;
    private final Access access;
    private final CurrentVertxRequest current;
    private final Elicitations elicitations;
    private final Ids ids;

    Door(ToolManager manager, Access access, CurrentVertxRequest current, Elicitations elicitations, Ids ids) {
        this.manager = manager;
        this.access = access;
        this.current = current;
        this.elicitations = elicitations;
        this.ids = ids;
    }

    void open(@Observes StartupEvent event, DataTools data, StartTools starts, LookTools looks, ControlTools controls, TrialTools trials, ExportTools exports) {
        List.of(data.profile(), starts.plan(), starts.start(), looks.get(), looks.list(), controls.control(), controls.answer(), trials.leaderboard(), trials.explain(), exports.export()).forEach(this::register);
    }

    private void register(Tool<?> tool) {
        Tool.Hints hints = tool.hints();
        manager.newTool(tool.name()).setTitle(tool.title()).setDescription(tool.says())
                .setAnnotations(new ToolAnnotations(tool.title(), hints.reads(), hints.destroys(), hints.repeatable(), false))
                .setInputSchema(Schemas.of(tool.arguments(), true)).setOutputSchema(Schemas.of(tool.answer(), false))
                .setHandler(arguments -> answer(tool, arguments.args(), arguments), true).register();
    }

    private ToolResponse answer(Tool<?> tool, Map<String, Object> given, RequestFeatureArguments request) {
        try {
            return tool.call(given, call(request)).response();
        } catch (FailureException e) {
            return Answer.failed(e.failure() instanceof Failure.Defect ? defect(e) : e.failure());
        } catch (Cancellation.OperationCancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            return Answer.failed(defect(e));
        }
    }

    /** For resources and prompts, which have no errors of their own: what is refused becomes the protocol's error. */
    <T> T answered(RequestFeatureArguments request, Function<Call, T> action) {
        try {
            return action.apply(call(request));
        } catch (FailureException e) {
            throw new McpException(e.getMessage(), switch (e.failure().code()) {
                case RUN_NOT_FOUND, NOT_FOUND -> -32002;
                default -> -32602;
            });
        } catch (McpException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new McpException(defect(e).message(), -32603);
        }
    }

    /** The tools run on a context of their own: who calls is taken over from the request. */
    private Call call(RequestFeatureArguments request) {
        Caller caller = current.getCurrent().get(Envelope.CALLER);
        Access.enter(caller);
        return new Call(caller, access.runs(), access.datasets(), request, elicitations);
    }

    private Failure defect(Exception e) {
        String reference = ids.next("req_");
        LOG.errorf(e, "%s: %s", reference, e.getMessage());
        return new Failure.Defect("a defect of Tunesmith; the service's log has it under " + reference);
    }
}
