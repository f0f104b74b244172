package dev.storescope.engine.archfixture.file;

import dev.storescope.engine.archfixture.log.HarmlessCode;

/// `file` stands to the left of `log`.
public final class ImportsToTheRight {

    int use(HarmlessCode code) {
        return code.count();
    }
}
