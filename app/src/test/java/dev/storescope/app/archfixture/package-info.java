/// Classes that break the program's rules on purpose, so that `ArchitectureTest` can show that it notices.
package dev.storescope.app.archfixture;
