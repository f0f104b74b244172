/// Classes that break the engine's rules on purpose, so that `ArchitectureTest` can show that it notices.
package dev.storescope.engine.archfixture;
