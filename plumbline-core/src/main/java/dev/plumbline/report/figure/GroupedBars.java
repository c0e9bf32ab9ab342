package dev.plumbline.report.figure;

import java.util.List;

/**
 * Bars side by side: for each category one bar of each group, with a whisker over its interval.
 *
 * @param categories names along x
 * @param groups each with one estimate per category
 * @param intervalLabel what the whiskers show, such as "95 % interval"
 */
public record GroupedBars(
        String title, String yLabel, String intervalLabel, List<String> categories, List<Group> groups)
        implements Figure {

    /** The bars of one colour, in the order of the categories. */
    public record Group(String name, List<Estimate> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    public GroupedBars {
        categories = List.copyOf(categories);
        groups = List.copyOf(groups);
        Require.someOf(title, "categories", categories);
        Require.someOf(title, "groups", groups);
        for (Group group : groups) {
            Require.sameSize(
                    title,
                    "bars in group \"" + group.name() + "\"",
                    group.bars().size(),
                    categories.size());
        }
    }

    @Override
    public String altText() {
        return "Grouped bars of " + yLabel + " for " + String.join(", ", categories) + ", comparing "
                + String.join(", ", groups.stream().map(Group::name).toList()) + "; whiskers show the "
                + intervalLabel + ".";
    }

    @Override
    public <R> R accept(FigureVisitor<R> visitor) {
        return visitor.groupedBars(this);
    }
}
