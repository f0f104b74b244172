package dev.storescope.app.panel;

import java.util.Locale;

/// Every panel, by its one name; the five places where it lives follow from it.
public enum PanelId {
    LOAD("Load"), STORE_MODE("StoreMode"), FAULTS("Faults"), COMMIT_LOG("CommitLog"), FLUSH("Flush"),
    DURABILITY("Durability"),
    ALLOCATOR("Allocator"), PUT_LATENCY("PutLatency"), TIMELINE("Timeline"), RATES("Rates"), DISPATCH("Dispatch"),
    QUEUES("Queues"), CONSUMER("Consumer"), INDEX("Index"), REBUILD("Rebuild"), RETENTION("Retention"),
    INSPECT("Inspect");

    private static final String PACKAGE = "dev.storescope.app.panel.";

    private final String title;

    PanelId(String title) {
        this.title = title;
    }

    /// Whether it has something to show of a store that is dead; others keep what they showed of it last.
    public boolean outlivesTheStore() {
        return switch (this) {
            case COMMIT_LOG, DURABILITY, FAULTS, TIMELINE -> true;
            case LOAD, STORE_MODE, FLUSH, ALLOCATOR, PUT_LATENCY, RATES, DISPATCH, QUEUES, CONSUMER, INDEX,
                    REBUILD, RETENTION, INSPECT -> false;
        };
    }

    /// The name itself, as in `CommitLog`.
    public String panelName() {
        return title;
    }

    /// The resource of its shape: `/fxml/CommitLog.fxml`.
    public String fxml() {
        return "/fxml/" + title + ".fxml";
    }

    /// The resource of its look: `/styles/panels/commit-log.css`.
    public String stylesheet() {
        return "/styles/panels/" + styleClass() + ".css";
    }

    /// The style class of its root: `commit-log`.
    public String styleClass() {
        return title.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /// What its keys begin with: `commitLog.`
    public String textPrefix() {
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1) + ".";
    }

    public String titleKey() {
        return textPrefix() + "title";
    }

    /// `dev.storescope.app.panel.commitlog.CommitLogController`
    public String controllerClass() {
        return PACKAGE + title.toLowerCase(Locale.ROOT) + "." + title + "Controller";
    }

    /// `dev.storescope.app.panel.commitlog.CommitLogViewModel`
    public String viewModelClass() {
        return PACKAGE + title.toLowerCase(Locale.ROOT) + "." + title + "ViewModel";
    }
}
