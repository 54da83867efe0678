package io.tunesmith.space;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A space laid on the unit cube: one coordinate for each parameter that is not constant, in the order of the space. Decoding follows the
 * conditions, so every point of the cube is an accepted assignment, and decoding an encoded assignment gives it back (real numbers to
 * within rounding). Immutable.
 */
public final class UnitCube {
    private final SearchSpace space;
    private final List<Axis> axes;
    private final Map<String, Integer> places = new HashMap<>();

    public UnitCube(SearchSpace space) {
        this.space = space;
        this.axes = space.parameters().stream().map(Axis::of).flatMap(Optional::stream).toList();
        for (int i = 0; i < axes.size(); i++) {
            places.put(axes.get(i).parameter().name(), i);
        }
    }

    public List<Axis> axes() {
        return axes;
    }

    public int dimensions() {
        return axes.size();
    }

    /** The coordinates, each in [0, 1]; an inactive parameter lies where its default does (as SMAC imputes: Hutter 2011). */
    public double[] encode(Assignment assignment) {
        return axes.stream().mapToDouble(axis -> axis.encode(valueOrDefault(axis, assignment))).toArray();
    }

    /** The assignment at this point; coordinates of inactive parameters are ignored. */
    public Assignment decode(double[] point) {
        return space.walk(parameter -> Optional.of(places.containsKey(parameter.name())
                ? axes.get(places.get(parameter.name())).decode(point[places.get(parameter.name())])
                : parameter.defaultValue()));
    }

    /**
     * How unlike two assignments are, in [0, 1]: the mean over the parameters that are active in either, of the distance along a numeric or
     * ordinal axis, and of 0 or 1 for categories and for a parameter that only one has (Gower 1971). 0 if no parameter is searched.
     */
    public double distance(Assignment a, Assignment b) {
        double sum = 0;
        int counted = 0;
        for (Axis axis : axes) {
            String name = axis.parameter().name();
            if (a.has(name) || b.has(name)) {
                counted++;
                sum += a.has(name) && b.has(name) ? apart(axis, a.values().get(name), b.values().get(name)) : 1;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private static double apart(Axis axis, Object a, Object b) {
        boolean unordered = axis instanceof Axis.Choice choice && !choice.ordered();
        if (unordered) {
            return a.equals(b) ? 0 : 1;
        }
        return StrictMath.abs(axis.encode(a) - axis.encode(b));
    }

    private static Object valueOrDefault(Axis axis, Assignment assignment) {
        return assignment.values().getOrDefault(axis.parameter().name(), axis.parameter().defaultValue());
    }
}
