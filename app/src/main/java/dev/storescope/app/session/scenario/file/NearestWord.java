package dev.storescope.app.session.scenario.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Which word was perhaps meant.
final class NearestWord {
    private static final int LONGEST = 64;

    private NearestWord() {
    }

    /// `did you mean 'producers'?`, or "" when none is near.
    static String hint(String found, Collection<String> words) {
        if (found.length() > LONGEST) {
            return "";
        }
        String plain = plain(found);
        int farthest = plain.length() < 4 ? 1 : Math.max(2, plain.length() / 3);
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(plain, plain(word))))
                .filter(word -> distance(plain, plain(word)) <= farthest)
                .map("did you mean '%s'?"::formatted)
                .orElse("");
    }

    /// Spelling in small letters, with dashes, with underlines: the same.
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /// How many letters have to be put in, left out or changed.
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
