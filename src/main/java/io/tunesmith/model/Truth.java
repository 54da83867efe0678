package io.tunesmith.model;

/** What really holds for each row, to score predictions against. */
public sealed interface Truth {
    int rows();

    /** How many columns predictions for it have. */
    int width();

    /** These rows, in this order; a row may occur several times. */
    Truth rows(int[] chosen);

    /** @param labels codes into {@code classes}, each within it; shared, not copied */
    record Labels(Classes classes, int[] labels) implements Truth {
        @Override
        public int rows() {
            return labels.length;
        }

        @Override
        public int width() {
            return classes.names().size();
        }

        @Override
        public Labels rows(int[] chosen) {
            int[] taken = new int[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                taken[i] = labels[chosen[i]];
            }
            return new Labels(classes, taken);
        }
    }

    /** @param values finite numbers; shared, not copied */
    record Numbers(double[] values) implements Truth {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public Numbers rows(int[] chosen) {
            double[] taken = new double[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                taken[i] = values[chosen[i]];
            }
            return new Numbers(taken);
        }
    }
}
