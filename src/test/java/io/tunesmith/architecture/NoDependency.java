package io.tunesmith.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Holds for a class none of whose dependencies is forbidden. */
final class NoDependency extends ArchCondition<JavaClass> {
    private final BiPredicate<JavaClass, JavaClass> forbidden;

    /** @param forbidden the class and what it depends on; arrays count as their elements */
    NoDependency(String what, BiPredicate<JavaClass, JavaClass> forbidden) {
        super("not " + what);
        this.forbidden = forbidden;
    }

    /** Holds for a class that is not itself wrong. */
    static ArchCondition<JavaClass> ofItself(String what, Predicate<JavaClass> wrong) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (wrong.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " should " + what));
                }
            }
        };
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            if (forbidden.test(type, dependency.getTargetClass().getBaseComponentType())) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }
}
