/// The heartbeat of the window: once a frame the session is read, and what was read goes to the panels that are shown.
///
/// Start with [Frame], which is all that a panel gets to see, then [Pulse]. This package has the only `AnimationTimer`
/// and the only `runLater` of the program.
///
/// - A frame holds one [dev.storescope.engine.api.StoreSnapshot]. Numbers that are shown together come from one frame.
/// - Ten frames a second are text frames ([Frame#isTextFrame()]): in these, and only in these, all panels write their
///   texts, from that frame. Whatever can be read in the window at a moment is so of one snapshot. What has no digits
///   may move with each frame.
/// - Rates are measured here, once ([Rates]): the same quantity has the same number wherever it is shown.
/// - Nothing is known while no store is open: [Frame#snapshot()] is empty then, and a panel shows "–", never 0.
/// - A panel that cannot be seen (another screen, scrolled away, window minimised) gets no frames. When it is seen
///   again, the time since the last one may be long: work from the numbers of the frame, not from counting frames.
/// - The rate is 60 frames a second while the machine has time for it, and goes down to 20 when producers and screen
///   compete for the cores. All panels together may take 4 ms of a frame: draw what changed, make no nodes in
///   `onFrame`, and use [dev.storescope.app.control.LiveText] for what changes all the time.
///
/// May import: control, text, theme, session.
package dev.storescope.app.pulse;
