package dev.storescope.app.shell;

import dev.storescope.app.session.AppSettingsFile;
import dev.storescope.app.shell.ActionId.Place;
import dev.storescope.app.text.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// The menu bar, made of the catalogue of actions.
final class Menus {
    private final Actions actions;
    private final Texts texts;
    private final AppSettingsFile settings;
    private final Consumer<Path> openRecent;

    Menus(Actions actions, Texts texts, AppSettingsFile settings, Consumer<Path> openRecent) {
        this.actions = actions;
        this.texts = texts;
        this.settings = settings;
        this.openRecent = openRecent;
    }

    MenuBar make() {
        var bar = new MenuBar();
        for (Place place : Place.values()) {
            var menu = new Menu(texts.get(place.textKey()));
            menu.setId("menu-" + place.name().toLowerCase(java.util.Locale.ROOT));
            for (ActionId id : ActionId.values()) {
                if (id.place() == place) {
                    separatorBefore(id, menu);
                    if (id == ActionId.CLOSE_STORE) {
                        menu.getItems().add(recent());
                    }
                    menu.getItems().add(item(id));
                }
            }
            bar.getMenus().add(menu);
        }
        return bar;
    }

    private static void separatorBefore(ActionId id, Menu menu) {
        if (List.of(ActionId.OPEN_SCENARIO, ActionId.NEW_WORLD, ActionId.QUIT, ActionId.SHOW_TIMELINE,
                ActionId.SWITCH_THEME,
                ActionId.LARGER_TEXT,
                ActionId.FULL_SCREEN, ActionId.PICTURE,
                ActionId.LOAD_LIMITS,
                ActionId.INSPECT_DIRECTORY, ActionId.KILL_STORE, ActionId.ABOUT).contains(id)) {
            menu.getItems().add(new SeparatorMenuItem());
        }
    }

    private MenuItem item(ActionId id) {
        var item = new MenuItem(texts.get(id.textKey()));
        item.setId(id.textKey());
        item.setMnemonicParsing(false);
        id.shortcut().ifPresent(item::setAccelerator);
        item.disableProperty().bind(actions.disabledProperty(id));
        item.setOnAction(_ -> actions.run(id));
        return item;
    }

    private Menu recent() {
        var menu = new Menu(texts.get("menu.recent"));
        menu.setId("menu-recent");
        fillRecent(menu);
        menu.setOnShowing(_ -> fillRecent(menu));
        return menu;
    }

    private void fillRecent(Menu menu) {
        menu.getItems().setAll(settings.get().recentStores().stream().map(directory -> {
            var item = new MenuItem(directory);
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> openRecent.accept(Path.of(directory)));
            return item;
        }).toList());
        menu.setDisable(menu.getItems().isEmpty());
    }
}
