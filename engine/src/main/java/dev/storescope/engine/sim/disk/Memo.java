package dev.storescope.engine.sim.disk;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/// Makes one image of one thing, however often it is asked for. Nobody goes over its entries, whose order means nothing.
final class Memo<A, B> implements Function<A, B> {
    private final Map<A, B> known = new IdentityHashMap<>();
    private final Function<A, B> make;

    private Memo(Function<A, B> make) {
        this.make = make;
    }

    static <A, B> Memo<A, B> of(Function<A, B> make) {
        return new Memo<>(make);
    }

    @Override
    public B apply(A thing) {
        B made = known.get(thing);
        if (made == null) {
            made = make.apply(thing);
            known.put(thing, made);
        }
        return made;
    }
}
