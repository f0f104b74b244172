/// Background jobs: each is a [Service], one turn of work; the loop around it lives once, in [ServiceThread].
///
/// Start with [Service]. May import: api, probe, env.
package dev.storescope.engine.service;
