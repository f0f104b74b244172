/// What a panel is, and how one comes onto the screen.
///
/// Start with [PanelController] and [PanelContext]. **To add a panel, say `CommitLog`:**
///
/// 1. A constant in [PanelId]: `COMMIT_LOG("CommitLog")`. All other names follow from it; `PanelContractTest` names
///    what is missing.
/// 2. `fxml/CommitLog.fxml`: the shape. Its root is a `VBox` with the style classes `panel` and `commit-log` and begins
///    with a [dev.storescope.app.control.PanelHeader]; it names the controller in `fx:controller`. Every text is a
///    `%key`. Every control has a tooltip that says what it does in the store, an accessible name, and is reached by Tab.
/// 3. `panel.commitlog.CommitLogController implements PanelController`, with a public constructor that takes a
///    [PanelContext]. It only ties: fields with `@FXML`, bindings in `initialize()`, `model.update(frame)` in
///    `onFrame`.
/// 4. `panel.commitlog.CommitLogViewModel`: JavaFX properties only, no toolkit, no session; made by
///    `context.keep(CommitLogViewModel.class, CommitLogViewModel::new)`, so that it outlives its view.
/// 5. `styles/panels/commit-log.css`: rules that begin with `.commit-log`, roles instead of colours, lengths in `em`
///    where they go with text.
/// 6. Keys `commitLog.*` in both files of texts; `commitLog.title` at least.
///
/// When the language changes, the FXML is loaded again and a new controller made; the old one gets
/// [PanelController#dispose] and must let go of whatever outlives it (listeners on the view model, the context's
/// selection, the session).
///
/// A package below, such as `panel.commitlog`, may import: control, text, theme, session, pulse, panel, and of the engine
/// `api`, `probe`, `load` and `inspect`; never a sibling.
package dev.storescope.app.panel;
