package dev.storescope.app.session.scenario;

import java.util.List;

/// A part of a run that is worth a moving picture.
///
/// @param name of the file, without its ending
/// @param from when its first frame is taken
/// @param everyNs of the world's time, from frame to frame
/// @param frames how many
/// @param framesPerSecond how fast they are shown
/// @param holdMs how long the last one is shown
/// @param panels what is shown of the window, by the names of their style classes such as `commit-log`; all of it when empty
public record Clip(String name, Moment from, long everyNs, int frames, int framesPerSecond, int holdMs,
        List<String> panels, View view) {
    public static final int MOST_FRAMES = 1_000;
    public static final int MOST_FRAMES_PER_SECOND = 50;
    public static final int MOST_HOLD_MS = 60_000;

    public Clip {
        panels = List.copyOf(panels);
    }
}
