package dev.storescope.app.panel.flush;

import dev.storescope.app.panel.flush.RequestsReading.Doing;
import java.util.List;

/// Producers and requests one by one, each where it is.
///
/// @param producers by number; empty when single ones are not shown
/// @param tokens those that stand lie under those that are on their way
/// @param answers that have arrived: they are seen only on their way from where the request was seen before
/// @param capacity for how many there is room in each list
/// @param changes another number when the world stands at another moment
/// @param arrived how far everything is from where it was seen before, 0 to 1
record TokenPicture(List<Producer> producers, List<Token> tokens, List<Token> answers, int capacity, long changes,
        double arrived) {
    static final TokenPicture NONE = new TokenPicture(List.of(), List.of(), List.of(), 0, 0, 1);

    TokenPicture {
        producers = List.copyOf(producers);
        tokens = List.copyOf(tokens);
        answers = List.copyOf(answers);
    }

    boolean showsSingle() {
        return !producers.isEmpty();
    }

    /// @param number as in the name of its thread, from 0
    record Producer(int number, Doing doing) {
    }

    /// What is seen of a request.
    ///
    /// @param id the same for the same request
    /// @param part of the way between the two, 0 to 1
    record Token(long id, int producer, Kind kind, Spot from, Spot to, double part) {
        boolean isUnderWay() {
            return part < 1;
        }
    }

    /// What a token says.
    enum Kind {
        /// The first of its batch: the force is done for it.
        PAYS,
        /// The others of the batch.
        RIDES_FREE,
        /// On disk, as was promised.
        ACKNOWLEDGED,
        /// Answered, but not known to be on disk.
        NOT_FLUSHED
    }

    /// Where tokens stand.
    enum Place {
        PRODUCERS, REQUESTS_WRITE, REQUESTS_READ
    }

    /// @param number from 0: of the producer, or in the list
    record Spot(Place place, int number) {
    }
}
