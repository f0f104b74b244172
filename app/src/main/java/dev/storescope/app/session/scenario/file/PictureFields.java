package dev.storescope.app.session.scenario.file;

import dev.storescope.app.session.scenario.Clip;
import dev.storescope.app.session.scenario.Moment;
import dev.storescope.app.session.scenario.Picture;
import dev.storescope.app.session.scenario.View;
import dev.storescope.app.session.scenario.View.Shows;
import dev.storescope.app.text.Language;
import dev.storescope.app.theme.Theme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pictures and clips: a name, a moment, and what the window looks like if not as usual.
final class PictureFields {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{2,3})x([1-9]\\d{2,3})");

    private static final int USUAL_FRAMES_PER_SECOND = 12;
    private static final int MOST_PANELS = 20;
    private static final long NS_PER_MS = 1_000_000;

    private PictureFields() {
    }

    static Optional<Picture> read(YamlNode node, String path, Problems problems) {
        return Fields.of(node, path, problems, "'name' and a moment").flatMap(fields -> {
            Optional<String> name = name(fields);
            Optional<Moment> moment = MomentFields.read(fields);
            View view = view(fields);
            fields.end();
            return name.isPresent() && moment.isPresent()
                    ? Optional.of(new Picture(name.get(), moment.get(), view))
                    : Optional.empty();
        });
    }

    static Optional<Clip> readClip(YamlNode node, String path, Problems problems) {
        return Fields.of(node, path, problems, "'name', a moment, 'every' and 'frames'").flatMap(fields -> {
            Optional<String> name = name(fields);
            Optional<Moment> from = MomentFields.read(fields);
            if (!fields.has("every")) {
                fields.missing("every", Durations.FORM + ", of the world's time, from frame to frame");
            }
            if (!fields.has("frames")) {
                fields.missing("frames", Fields.range(1, Clip.MOST_FRAMES));
            }
            long everyNs = fields.nanos("every", 1, Durations.LONGEST_NS, 1);
            int frames = (int) fields.number("frames", 1, Clip.MOST_FRAMES, 1);
            int perSecond = (int) fields.number("framesPerSecond", 1, Clip.MOST_FRAMES_PER_SECOND,
                    USUAL_FRAMES_PER_SECOND);
            long holdNs = fields.nanos("hold", 0, Clip.MOST_HOLD_MS * NS_PER_MS, 0);
            List<String> panels = fields.list("panels", MOST_PANELS,
                    (item, at) -> fields.value(item, at, "a panel, such as commit-log",
                            text -> Optional.of(text).filter(it -> NAME.matcher(it).matches())));
            View view = view(fields);
            fields.end();
            return name.isPresent() && from.isPresent()
                    ? Optional.of(new Clip(name.get(), from.get(), everyNs, frames, perSecond,
                            (int) (holdNs / NS_PER_MS), panels, view))
                    : Optional.empty();
        });
    }

    private static Optional<String> name(Fields fields) {
        if (!fields.has("name")) {
            fields.missing("name", "a name");
        }
        return fields.value("name", "small letters, digits and dashes, at most 40",
                text -> Optional.of(text).filter(it -> NAME.matcher(it).matches()));
    }

    private static View view(Fields fields) {
        View usual = View.USUAL;
        View view = usual
                .with(fields.word("screen", List.of(Shows.values()), PictureFields::word).orElse(usual.screen()))
                .with(fields.word("theme", List.of(Theme.values()), Theme::code).orElse(usual.theme()))
                .with(fields.word("language", List.of(Language.values()), Language::suffix).orElse(usual.language()))
                .withTextSizePercent((int) fields.number("textSize", View.LEAST_TEXT_PERCENT, View.MOST_TEXT_PERCENT,
                        usual.textSizePercent()))
                .withScale(fields.decimal("scale", View.LEAST_SCALE, View.MOST_SCALE, usual.scale()));
        return fields.value("size", "a width and a height such as 1600x1000", text -> {
            Matcher matcher = SIZE.matcher(text);
            return matcher.matches()
                    ? Optional.of(view.withSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        }).orElse(view);
    }

    private static String word(Shows screen) {
        return screen.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> write(Picture picture) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", picture.name());
        fields.putAll(MomentFields.write(picture.moment()));
        fields.putAll(write(picture.view()));
        return fields;
    }

    static Map<String, Object> write(Clip clip) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", clip.name());
        fields.putAll(MomentFields.write(clip.from()));
        fields.put("every", Durations.text(clip.everyNs()));
        fields.put("frames", clip.frames());
        fields.put("framesPerSecond", clip.framesPerSecond());
        fields.put("hold", Durations.text(clip.holdMs() * NS_PER_MS));
        if (!clip.panels().isEmpty()) {
            fields.put("panels", clip.panels());
        }
        fields.putAll(write(clip.view()));
        return fields;
    }

    private static Map<String, Object> write(View view) {
        View usual = View.USUAL;
        Changed fields = new Changed();
        fields.put("screen", word(view.screen()), word(usual.screen()));
        fields.put("theme", view.theme().code(), usual.theme().code());
        fields.put("language", view.language().suffix(), usual.language().suffix());
        fields.put("size", size(view), size(usual));
        fields.put("textSize", view.textSizePercent(), usual.textSizePercent());
        fields.put("scale", view.scale(), usual.scale());
        return fields.values();
    }

    private static String size(View view) {
        return "%dx%d".formatted(view.widthPixels(), view.heightPixels());
    }
}
