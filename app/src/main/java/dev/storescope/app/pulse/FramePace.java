package dev.storescope.app.pulse;

/// How the window itself is doing.
///
/// @param framesPerSecond measured over the last second; 0 before
/// @param wantedFramesPerSecond what the window allows itself at the moment
/// @param workMedianNs time on the JavaFX thread that a frame took, panels and layout, the median of the last 120
/// @param heapUsedBytes of the program
public record FramePace(double framesPerSecond, int wantedFramesPerSecond, long workMedianNs, long heapUsedBytes) {
    public static final FramePace UNKNOWN = new FramePace(0, FrameRate.FASTEST, 0, 0);
}
