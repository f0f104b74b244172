/// What became of messages over a crash, told alike for both worlds: which were acknowledged, kept, lost, and why.
///
/// Start with [LedgerReport]. May import: session.simulated, session.scenario, session.inspect.
package dev.storescope.app.session.ledger;
