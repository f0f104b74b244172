/// How the window looks: dark or light, how large its text is, which fonts.
///
/// Start with [Look]. AtlantaFX Primer is the base; `styles/tokens-dark.css` and `styles/tokens-light.css` are the only
/// files with hex values; `styles/base.css` and `styles/panels/` speak of roles. May import: nothing of the app.
package dev.storescope.app.theme;
