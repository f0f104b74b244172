package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A line of the picture: a thread, or a group of threads one over the other.
record Row(Kind kind, LaneGroup group, List<Lane> lanes) {
    enum Kind {
        /// One thread.
        THREAD,
        /// One thread of an unfolded group.
        MEMBER,
        /// All of a group, whose threads have lines of their own below.
        UNFOLDED,
        /// All of a group.
        FOLDED
    }

    private static final String SERVICE = "Service";

    /// The line of each thread; those of a group in one when it is folded.
    static List<Row> of(Recording recording, Set<LaneGroup> unfolded) {
        List<Row> rows = new ArrayList<>();
        for (LaneGroup group : LaneGroup.values()) {
            List<Lane> lanes = recording.lanes().stream().filter(lane -> lane.group() == group).toList();
            if (isFoldable(group) && lanes.size() > 1) {
                boolean open = unfolded.contains(group);
                rows.add(new Row(open ? Kind.UNFOLDED : Kind.FOLDED, group, lanes));
                if (open) {
                    lanes.forEach(lane -> rows.add(new Row(Kind.MEMBER, group, List.of(lane))));
                }
            } else {
                lanes.forEach(lane -> rows.add(new Row(Kind.THREAD, group, List.of(lane))));
            }
        }
        return List.copyOf(rows);
    }

    private static boolean isFoldable(LaneGroup group) {
        return switch (group) {
            case PRODUCERS, OTHERS -> true;
            case FLUSH, ALLOCATOR, DISPATCH -> false;
        };
    }

    boolean isGroup() {
        return kind == Kind.FOLDED || kind == Kind.UNFOLDED;
    }

    /// Of its thread, without the word that all services have.
    String threadName() {
        String name = lanes.getFirst().threadName();
        return name.endsWith(SERVICE) && name.length() > SERVICE.length()
                ? name.substring(0, name.length() - SERVICE.length())
                : name;
    }
}
