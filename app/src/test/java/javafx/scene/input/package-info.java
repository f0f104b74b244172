/// What tests need of drag and drop, which no screen that nobody sees can start by itself.
///
/// It lies in JavaFX's own package because a [Dragboard] can be made nowhere else.
package javafx.scene.input;
