package io.tunesmith.api.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import io.quarkiverse.mcp.server.runtime.McpObjectMapperCustomizer;

/** The service's one JSON mapper writes the protocol library's records too: those keep the protocol's own names ({@code isError}), all others are ours. */
public final class ProtocolJson {
    private ProtocolJson() {}

    /** @param ours the mapper of every native answer; it stays as it is */
    public static ObjectMapper beside(ObjectMapper ours) {
        ObjectMapper both = ours.copy().setPropertyNamingStrategy(new Names());
        new McpObjectMapperCustomizer().customize(both);
        return both;
    }

    private static final class Names extends SnakeCaseStrategy {
        private static final long serialVersionUID = 1L;

        @Override
        public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
            return theirs(field) ? name : super.nameForField(config, field, name);
        }

        @Override
        public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
            return theirs(method) ? name : super.nameForGetterMethod(config, method, name);
        }

        @Override
        public String nameForSetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
            return theirs(method) ? name : super.nameForSetterMethod(config, method, name);
        }

        @Override
        public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
            return theirs(parameter) ? name : super.nameForConstructorParameter(config, parameter, name);
        }

        private static boolean theirs(AnnotatedMember member) {
            return member.getDeclaringClass().getName().startsWith("io.quarkiverse.mcp.");
        }
    }
}
