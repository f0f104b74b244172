/// What stands on screen in words and numbers: texts in two languages, switched live, and the one way to write numbers.
///
/// Start with [Texts] and [Formats]. No other package holds a sentence for the user: FXML and Java name keys of
/// `texts/messages_en.properties` and `texts/messages_zh_CN.properties`. May import: nothing of the app.
package dev.storescope.app.text;
