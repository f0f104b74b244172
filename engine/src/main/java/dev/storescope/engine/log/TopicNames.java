package dev.storescope.engine.log;

/// Topics become names of directories, so not every text may be one.
public final class TopicNames {
    private TopicNames() {
    }

    /// Whether a topic is not empty and safe as the name of a directory: no `/`, `\` or control characters, neither
    /// `.` nor `..`, and no half of a surrogate pair, which would be stored as another character and so mix two topics.
    /// Its length is checked where it is encoded.
    public static boolean isSafe(String topic) {
        if (topic.isEmpty() || topic.equals(".") || topic.equals("..")) {
            return false;
        }
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '/' || c == '\\' || c < ' ' || c >= 0x7F && c <= 0x9F) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                i++;
                if (i == topic.length() || !Character.isSurrogatePair(c, topic.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
