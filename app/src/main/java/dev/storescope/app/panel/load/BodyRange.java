package dev.storescope.app.panel.load;

import dev.storescope.engine.load.BodySize;
import java.util.Optional;
import java.util.OptionalDouble;

/// How the lengths of bodies are written and read back: `1 KiB` when all are the same, `256 B – 16 KiB` for a range.
final class BodyRange {
    private static final String BETWEEN = "\\s*(?:–|—|…|\\.\\.+|~|-|to)\\s*";

    /// How lengths are spread over a range.
    enum Spread {
        UNIFORM, LOG_UNIFORM
    }

    private BodyRange() {
    }

    static String write(BodySize body) {
        String least = LoadNumber.BYTES.write(body.minBytes());
        return body.minBytes() == body.maxBytes()
                ? least
                : least + " – " + LoadNumber.BYTES.write(body.maxBytes());
    }

    static Spread spreadOf(BodySize body) {
        return switch (body) {
            case BodySize.Fixed _,BodySize.Uniform _ -> Spread.UNIFORM;
            case BodySize.LogUniform _ -> Spread.LOG_UNIFORM;
        };
    }

    /// Nothing when the text is neither one length nor two in order, or out of range.
    static Optional<BodySize> parse(String text, Spread spread) {
        String[] ends = text.strip().split(BETWEEN, -1);
        OptionalDouble least = LoadNumber.BYTES.parse(ends[0]);
        OptionalDouble greatest = LoadNumber.BYTES.parse(ends[ends.length - 1]);
        boolean readable = ends.length <= 2 && least.isPresent() && greatest.isPresent();
        if (!readable || least.getAsDouble() < 0
                || least.getAsDouble() > greatest.getAsDouble()
                || greatest.getAsDouble() > BodySize.MAX_BYTES) {
            return Optional.empty();
        }
        return Optional.of(of((int) least.getAsDouble(), (int) greatest.getAsDouble(), spread));
    }

    /// Whether it is two lengths, the longer one first.
    static boolean isTurnedRound(String text) {
        String[] ends = text.strip().split(BETWEEN, -1);
        OptionalDouble first = LoadNumber.BYTES.parse(ends[0]);
        OptionalDouble second = LoadNumber.BYTES.parse(ends[ends.length - 1]);
        return ends.length == 2 && first.isPresent()
                && second.isPresent()
                && first.getAsDouble() > second.getAsDouble();
    }

    static BodySize of(int leastBytes, int greatestBytes, Spread spread) {
        if (leastBytes == greatestBytes) {
            return new BodySize.Fixed(leastBytes);
        }
        return switch (spread) {
            case UNIFORM -> new BodySize.Uniform(leastBytes, greatestBytes);
            case LOG_UNIFORM -> new BodySize.LogUniform(leastBytes, greatestBytes);
        };
    }
}
