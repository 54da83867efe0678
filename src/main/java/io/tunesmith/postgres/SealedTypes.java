package io.tunesmith.postgres;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.util.NamingStrategyImpls;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Teaches Jackson every sealed interface of ours without an annotation on it: the alternative's simple name in snake_case stands in the
 * property {@code type}. Types that carry Jackson's own annotation keep it.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final JsonTypeInfo.Value BY_NAME = JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, true);

    @Override
    public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value declared = super.findPolymorphicTypeInfo(config, annotated);
        return declared == null && annotated instanceof AnnotatedClass type && sealed(type.getRawType()) ? BY_NAME : declared;
    }

    @Override
    public List<NamedType> findSubtypes(Annotated annotated) {
        List<NamedType> declared = super.findSubtypes(annotated);
        if (declared != null || !annotated.getRawType().isSealed() || !ours(annotated.getRawType())) {
            return declared;
        }
        return leaves(annotated.getRawType()).map(leaf -> new NamedType(leaf, name(leaf))).toList();
    }

    @Override
    public String findTypeName(AnnotatedClass annotated) {
        String declared = super.findTypeName(annotated);
        return declared == null && sealed(annotated.getRawType()) ? name(annotated.getRawType()) : declared;
    }

    private static boolean sealed(Class<?> type) {
        return ours(type) && (type.isSealed() || Arrays.stream(type.getInterfaces()).anyMatch(parent -> parent.isSealed() && ours(parent)));
    }

    private static boolean ours(Class<?> type) {
        return type.getName().startsWith("io.tunesmith.") && !type.isEnum();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(leaf -> leaf.isSealed() ? leaves(leaf) : Stream.of(leaf));
    }

    private static String name(Class<?> type) {
        return NamingStrategyImpls.SNAKE_CASE.translate(type.getSimpleName());
    }
}
