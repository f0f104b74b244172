package dev.storescope.engine.sim.disk;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The content of one file: what the page cache has, and what the platter has.
///
/// Nobody tells of writes through a mapping: a page is dirty when it differs from what the system believes to be on the
/// platter.
///
/// Threads: whoever has the baton.
final class Inode {
    static final int PAGE_BYTES = 4096;
    private static final int SECTOR_BYTES = 512;
    private static final int ALL_SECTORS = (1 << PAGE_BYTES / SECTOR_BYTES) - 1;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[PAGE_BYTES]).asReadOnly();

    /// Pages; null for one of zeros. An array in it is never changed.
    /// What a power failure made of pages that were not on the platter.
    private final SortedMap<Integer, CutPages.Fate> fates = new TreeMap<>();
    private byte[][] platter;
    /// Pages that a failed force took off the list of dirty ones, as they were then.
    private final Map<Integer, byte[]> givenUp;
    private final List<Flight> flights = new ArrayList<>();
    /// What it was made from; the cache is filled from it when it is first used.
    private InodeImage origin;
    /// Whole pages; null until it is first used.
    private MemorySegment cache;
    private long sizeBytes;
    private long platterSizeBytes;
    private int mappings;
    private int opened;
    /// Counts begins and ends of forces.
    private long forceSequence;

    /// A file of zeros.
    ///
    /// @param platterSizeBytes how long it is when the power fails at once
    Inode(long sizeBytes, long platterSizeBytes) {
        this(new InodeImage(sizeBytes, platterSizeBytes, new byte[pages(sizeBytes)][], new TreeMap<>(), Map.of()));
    }

    Inode(InodeImage image) {
        origin = image;
        platter = image.platter().clone();
        givenUp = new TreeMap<>(image.givenUp());
        sizeBytes = image.sizeBytes();
        platterSizeBytes = image.platterSizeBytes();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /// The page cache, as long as the file.
    MemorySegment cache() {
        if (cache == null) {
            cache = NativePages.take(sizeBytes);
            for (int page = 0; page < platter.length; page++) {
                fill(page, platter[page]);
            }
            origin.cached().forEach(this::fill);
        }
        return cache.asSlice(0, sizeBytes);
    }

    private void fill(int page, byte[] content) {
        if (content != null) {
            MemorySegment.copy(content, 0, cache, ValueLayout.JAVA_BYTE, (long) page * PAGE_BYTES, PAGE_BYTES);
        }
    }

    /// Gives the memory of the cache back; nobody uses the file any more.
    void release() {
        if (cache != null) {
            NativePages.giveBack(cache);
            cache = null;
        }
    }

    void opened() {
        opened++;
    }

    void closed() {
        opened--;
    }

    boolean isOpen() {
        return opened > 0;
    }

    void mapped() {
        mappings++;
    }

    void unmapped() {
        mappings--;
    }

    void resize(long newSizeBytes) {
        if (mappings > 0) {
            throw new UnsupportedOperationException("changing the length of a mapped file is not modelled");
        }
        MemorySegment before = cache();
        MemorySegment resized = NativePages.take(newSizeBytes);
        MemorySegment.copy(before, 0, resized, 0, Math.min(newSizeBytes, sizeBytes));
        NativePages.giveBack(cache);
        cache = resized;
        sizeBytes = newSizeBytes;
        if (pages(newSizeBytes) > platter.length) {
            platter = Arrays.copyOf(platter, pages(newSizeBytes));
        }
    }

    /// Whether the platter has of the range what the page cache has.
    boolean isOnPlatter(long position, long lengthBytes) {
        if (cache == null && origin.cached().isEmpty()) {
            return position + lengthBytes <= platterSizeBytes;
        }
        MemorySegment cached = cache();
        long end = position + lengthBytes;
        for (long at = position; at < end;) {
            int page = (int) (at / PAGE_BYTES);
            long pageStart = (long) page * PAGE_BYTES;
            long to = Math.min(end, pageStart + PAGE_BYTES);
            MemorySegment written = platter[page] == null ? ZEROS : MemorySegment.ofArray(platter[page]);
            if (MemorySegment.mismatch(cached, at, to, written, at - pageStart, to - pageStart) >= 0) {
                return false;
            }
            at = to;
        }
        return end <= platterSizeBytes;
    }

    List<PageState> pageStates() {
        PageState[] states = new PageState[pages(sizeBytes)];
        Arrays.fill(states, PageState.ON_PLATTER);
        givenUp.keySet()
                .stream()
                .filter(page -> page < states.length)
                .forEach(page -> states[page] = PageState.GIVEN_UP);
        for (int page : dirtyPages(0, sizeBytes)) {
            states[page] = PageState.DIRTY;
        }
        for (Flight flight : flights) {
            for (int page : flight.pages) {
                states[page] = PageState.BEING_FORCED;
            }
        }
        return List.of(states);
    }

    /// A force that is under way: the dirty pages of its range as they were when it began.
    record Flight(int[] pages, byte[][] content, long sizeBytes, long beganNanos, long durationNs, long sequence) {
        long bytes() {
            return (long) pages.length * PAGE_BYTES;
        }

        /// How likely one of its pages is on the platter already.
        double progress(long nowNanos) {
            return durationNs == 0 ? 1 : Math.min(1, (double) (nowNanos - beganNanos) / durationNs);
        }

        private int indexOf(int page) {
            return Arrays.binarySearch(pages, page);
        }
    }

    /// How many bytes a force of the range has to write.
    long dirtyBytes(long position, long lengthBytes) {
        return (long) dirtyPages(position, lengthBytes).length * PAGE_BYTES;
    }

    Flight begin(long position, long lengthBytes, long nowNanos, long durationNs) {
        int[] pages = dirtyPages(position, lengthBytes);
        byte[][] content = new byte[pages.length][];
        for (int i = 0; i < pages.length; i++) {
            content[i] = cachedPage(pages[i]);
        }
        Flight flight = new Flight(pages, content, sizeBytes, nowNanos, durationNs, ++forceSequence);
        flights.add(flight);
        return flight;
    }

    void end(Flight flight) {
        flights.remove(flight);
        forceSequence++;
    }

    /// The pages came to the platter at some time of the force: those that were written meanwhile as they were before or as
    /// they are now.
    void written(Flight flight, Draws draws) {
        boolean alone = forceSequence == flight.sequence;
        for (int i = 0; i < flight.pages.length; i++) {
            int page = flight.pages[i];
            byte[] content = flight.content[i];
            boolean changed = page < pages(sizeBytes) && !isEqual(page, content);
            // Where another force came between, an older content might undo what that one has written.
            platter[page] = changed && (!alone || draws.happens(0.5)) ? cachedPage(page) : content;
            givenUp.remove(page);
        }
        platterSizeBytes = alone ? flight.sizeBytes : sizeBytes;
    }

    /// What Linux does with the pages of a failed force: they count as clean and are not on the platter.
    void giveUp(Flight flight) {
        for (int page : flight.pages) {
            if (page < pages(sizeBytes)) {
                givenUp.put(page, cachedPage(page));
            }
        }
    }

    /// A write through a channel makes its pages dirty, whatever it writes; what a mapping has is only compared.
    void dirtied(long position, long lengthBytes) {
        if (!givenUp.isEmpty() && lengthBytes > 0) {
            for (long page = position / PAGE_BYTES; page <= (position + lengthBytes - 1) / PAGE_BYTES; page++) {
                givenUp.remove((int) page);
            }
        }
    }

    private int[] dirtyPages(long position, long lengthBytes) {
        if (cache == null && origin.cached().isEmpty() || lengthBytes <= 0) {
            return new int[0];
        }
        cache();
        int first = (int) (position / PAGE_BYTES);
        int last = (int) Math.min(pages(sizeBytes) - 1L, (position + lengthBytes - 1) / PAGE_BYTES);
        int[] dirty = new int[Math.max(0, last - first + 1)];
        int count = 0;
        for (int page = first; page <= last; page++) {
            if (isDirty(page)) {
                dirty[count++] = page;
            }
        }
        return count == dirty.length ? dirty : Arrays.copyOf(dirty, count);
    }

    private boolean isDirty(int page) {
        byte[] believed = givenUp.isEmpty() ? null : givenUp.get(page);
        return !isEqual(page, believed == null ? platter[page] : believed);
    }

    /// @param content null for zeros
    private boolean isEqual(int page, byte[] content) {
        long position = (long) page * PAGE_BYTES;
        MemorySegment other = content == null ? ZEROS : MemorySegment.ofArray(content);
        return MemorySegment.mismatch(cache, position, position + PAGE_BYTES, other, 0, PAGE_BYTES) < 0;
    }

    private byte[] cachedPage(int page) {
        byte[] content = new byte[PAGE_BYTES];
        MemorySegment.copy(cache, ValueLayout.JAVA_BYTE, (long) page * PAGE_BYTES, content, 0, PAGE_BYTES);
        return content;
    }

    /// What is left when the process dies and the system goes on.
    InodeImage afterKill() {
        if (cache == null) {
            return new InodeImage(sizeBytes, platterSizeBytes, platter, origin.cached(), givenUp);
        }
        SortedMap<Integer, byte[]> cached = new TreeMap<>();
        for (int page = 0; page < pages(sizeBytes); page++) {
            if (!isEqual(page, platter[page])) {
                cached.put(page, cachedPage(page));
            }
        }
        return new InodeImage(sizeBytes, platterSizeBytes, platter.clone(), cached, new TreeMap<>(givenUp));
    }

    /// What is left when the power fails.
    InodeImage afterPowerCut(PowerCut cut) {
        long left = sizeBytes == platterSizeBytes || !cut.keepsNew() ? platterSizeBytes : sizeBytes;
        byte[][] pages = Arrays.copyOf(platter, pages(left));
        if (cache != null || !origin.cached().isEmpty()) {
            cache();
            for (int page = 0; page < Math.min(pages.length, pages(sizeBytes)); page++) {
                if (!isEqual(page, platter[page])) {
                    pages[page] = afterPowerCut(page, cut);
                    fates.put(page, fate(page, pages[page]));
                }
            }
            for (int page = pages.length; page < pages(sizeBytes); page++) {
                fates.put(page, CutPages.Fate.TAKEN);
            }
        }
        clearBehindEnd(pages, left);
        return new InodeImage(left, left, pages, new TreeMap<>(), Map.of());
    }

    private byte[] afterPowerCut(int page, PowerCut cut) {
        if (!isDirty(page)) {
            return platter[page];
        }
        for (Flight flight : flights) {
            int index = flight.indexOf(page);
            if (index >= 0) {
                byte[] content = cut.keepsNew() ? cachedPage(page) : flight.content[index];
                return cut.page(platter[page], content, flight.progress(cut.nowNanos()));
            }
        }
        return cut.page(platter[page], cachedPage(page), cut.writtenBack());
    }

    private CutPages.Fate fate(int page, byte[] left) {
        if (left == platter[page]) {
            return CutPages.Fate.TAKEN;
        }
        return isEqual(page, left) ? CutPages.Fate.KEPT : CutPages.Fate.PARTLY;
    }

    /// What a power failure made of the pages that were not on the platter, by number.
    ///
    /// @param isNamed whether the name under which one knew the file is left; without it nobody finds anything of it
    SortedMap<Integer, CutPages.Fate> atPowerCut(boolean isNamed) {
        if (!isNamed) {
            cache();
            for (int page = 0; page < pages(sizeBytes); page++) {
                if (!isEqual(page, null)) {
                    fates.put(page, CutPages.Fate.TAKEN);
                }
            }
        }
        return fates;
    }

    private static void clearBehindEnd(byte[][] pages, long sizeBytes) {
        int rest = (int) (sizeBytes % PAGE_BYTES);
        if (rest > 0 && pages[pages.length - 1] != null) {
            byte[] last = pages[pages.length - 1].clone();
            Arrays.fill(last, rest, PAGE_BYTES, (byte) 0);
            pages[pages.length - 1] = last;
        }
    }

    /// Mixes what is on the platter into a hash.
    long hashPlatter(long hash) {
        long mixed = Draws.mixed(hash, platterSizeBytes);
        for (int page = 0; page < platter.length; page++) {
            if (platter[page] != null) {
                mixed = Draws.mixed(Draws.mixed(mixed, page), Arrays.hashCode(platter[page]));
            }
        }
        return mixed;
    }

    /// A page of which only some sectors were written.
    static byte[] torn(byte[] old, byte[] written, Draws draws) {
        byte[] torn = old == null ? new byte[PAGE_BYTES] : old.clone();
        int sectors = 1 + draws.below(ALL_SECTORS - 1);
        for (int sector = 0; sector < PAGE_BYTES / SECTOR_BYTES; sector++) {
            if ((sectors >> sector & 1) != 0) {
                System.arraycopy(written, sector * SECTOR_BYTES, torn, sector * SECTOR_BYTES, SECTOR_BYTES);
            }
        }
        return torn;
    }

    private static int pages(long sizeBytes) {
        return (int) Math.ceilDiv(sizeBytes, PAGE_BYTES);
    }
}
