package dev.storescope.app.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.MotionWish;
import dev.storescope.app.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the program remembers between two runs. Immutable; each `with…` gives a changed copy.
///
/// @param loadLimitBytes length of the log at which load stops
/// @param minFreeDiskPercent of the disk, below which load stops
/// @param textSizePercent 100 is the designed size
/// @param window where the window was; [WindowPlace#NONE] before the first run
/// @param lastStore directory of the store that was open last; "" before the first run
/// @param recentStores directories, the latest first
/// @param storeSettings what differs from the defaults, by directory and RocketMQ's name
/// @param load what the load sends, in the words of [RememberedLoad]; empty before it was changed for the first time
/// @param view where in the program the user was
@JsonIgnoreProperties(ignoreUnknown = true)
public record AppSettings(long loadLimitBytes, int minFreeDiskPercent, Theme theme, Language language,
        int textSizePercent, WindowPlace window, String lastStore, List<String> recentStores,
        Map<String, Map<String, String>> storeSettings, Map<String, String> load, View view) {
    private static final int RECENT_KEPT = 10;

    public AppSettings {
        loadLimitBytes = Math.max(loadLimitBytes, 1 << 20);
        minFreeDiskPercent = Math.clamp(minFreeDiskPercent, 0, 99);
        theme = theme == null ? Theme.DARK : theme;
        language = language == null ? Language.ENGLISH : language;
        textSizePercent = textSizePercent < 80 || textSizePercent > 200 ? 100 : textSizePercent;
        window = window == null ? WindowPlace.NONE : window;
        lastStore = lastStore == null ? "" : lastStore;
        recentStores = recentStores == null ? List.of() : List.copyOf(recentStores);
        storeSettings = storeSettings == null ? Map.of() : Map.copyOf(storeSettings);
        load = load == null ? Map.of() : Map.copyOf(load);
        view = view == null ? View.NONE : view;
    }

    /// Of someone who starts the program for the first time.
    public static AppSettings defaults() {
        return new AppSettings(4L << 30, 10, Theme.DARK, Language.ofSystem(), 100, WindowPlace.NONE, "",
                List.of(), Map.of(), Map.of(), View.NONE);
    }

    public AppSettings withLoadLimits(long limitBytes, int freePercent) {
        return new AppSettings(limitBytes, freePercent, theme, language, textSizePercent, window, lastStore,
                recentStores, storeSettings, load, view);
    }

    public AppSettings withLook(Theme newTheme, Language newLanguage, int newTextSizePercent) {
        return new AppSettings(loadLimitBytes, minFreeDiskPercent, newTheme, newLanguage, newTextSizePercent, window,
                lastStore, recentStores, storeSettings, load, view);
    }

    public AppSettings withWindow(WindowPlace place) {
        return new AppSettings(loadLimitBytes, minFreeDiskPercent, theme, language, textSizePercent,
                place, lastStore, recentStores, storeSettings, load, view);
    }

    /// A store was opened with these settings.
    public AppSettings withStore(Path directory, Map<String, String> changedFromDefaults) {
        var recent = new ArrayList<>(recentStores);
        recent.remove(directory.toString());
        recent.addFirst(directory.toString());
        List<String> kept = recent.subList(0, Math.min(recent.size(), RECENT_KEPT));
        var settings = new LinkedHashMap<>(storeSettings);
        settings.put(directory.toString(), Map.copyOf(changedFromDefaults));
        settings.keySet().retainAll(kept);
        return new AppSettings(loadLimitBytes, minFreeDiskPercent, theme, language, textSizePercent, window,
                directory.toString(), kept, settings, load, view);
    }

    public AppSettings withLoad(Map<String, String> words) {
        return new AppSettings(loadLimitBytes, minFreeDiskPercent, theme, language, textSizePercent, window, lastStore,
                recentStores, storeSettings, words, view);
    }

    public AppSettings withScreen(String screen) {
        return withView(new View(screen, view.inspectedStores(), view.motion(), view.world()));
    }

    /// A directory was looked at.
    public AppSettings withInspected(Path directory) {
        var recent = new ArrayList<>(view.inspectedStores());
        recent.remove(directory.toString());
        recent.addFirst(directory.toString());
        return withView(new View(view.screen(), recent.subList(0, Math.min(recent.size(), RECENT_KEPT)),
                view.motion(), view.world()));
    }

    public AppSettings withMotion(MotionWish motion) {
        return withView(new View(view.screen(), view.inspectedStores(), motion, view.world()));
    }

    public AppSettings withWorld(Worlds.World world) {
        return withView(new View(view.screen(), view.inspectedStores(), view.motion(), world));
    }

    private AppSettings withView(View newView) {
        return new AppSettings(loadLimitBytes, minFreeDiskPercent, theme, language, textSizePercent, window, lastStore,
                recentStores, storeSettings, load, newView);
    }

    public Map<String, String> settingsOf(Path directory) {
        return storeSettings.getOrDefault(directory.toString(), Map.of());
    }

    /// Where a window was, in pixels of the screen.
    public record WindowPlace(double x, double y, double width, double height, boolean maximized) {
        public static final WindowPlace NONE = new WindowPlace(0, 0, 0, 0, false);
    }

    /// Where in the program a user was, and how he wants to see it.
    ///
    /// @param screen its name; "" before the first run
    /// @param inspectedStores directories that were looked at, the latest first
    /// @param motion whether what happens is seen to move
    /// @param world that was shown; a simulated one begins anew
    public record View(String screen, List<String> inspectedStores, MotionWish motion, Worlds.World world) {
        public static final View NONE = new View("", List.of(), MotionWish.SMOOTH, Worlds.World.LIVE);

        public View {
            screen = screen == null ? "" : screen;
            inspectedStores = inspectedStores == null ? List.of() : List.copyOf(inspectedStores);
            motion = motion == null ? MotionWish.SMOOTH : motion;
            world = world == null ? Worlds.World.LIVE : world;
        }
    }
}
