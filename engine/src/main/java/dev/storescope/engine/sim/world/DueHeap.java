package dev.storescope.engine.sim.world;

import java.util.Arrays;

/// Threads that wait for a time, the earliest first; those of one time in the order in which they came.
///
/// Threads: whoever has the baton.
final class DueHeap {
    private static final int FIRST_CAPACITY = 16;

    private SimThread[] heap = new SimThread[FIRST_CAPACITY];
    private int size;
    private long sequence;

    /// When the first is due; [SimThread#NEVER] when none waits.
    long firstDueNanos() {
        return size == 0 ? SimThread.NEVER : heap[0].dueNanos;
    }

    void add(SimThread thread, long dueNanos) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        thread.dueNanos = dueNanos;
        thread.dueSequence = sequence++;
        put(thread, size++);
        up(thread.heapIndex);
    }

    SimThread takeFirst() {
        SimThread first = heap[0];
        remove(first);
        return first;
    }

    /// Does nothing when it does not wait here.
    void remove(SimThread thread) {
        int index = thread.heapIndex;
        if (index < 0) {
            return;
        }
        thread.heapIndex = -1;
        SimThread last = heap[--size];
        heap[size] = null;
        if (index < size) {
            put(last, index);
            up(index);
            down(last.heapIndex);
        }
    }

    private void up(int start) {
        int index = start;
        while (index > 0 && isBefore(heap[index], heap[(index - 1) / 2])) {
            swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }

    private void down(int start) {
        int index = start;
        while (true) {
            int least = index;
            for (int child = 2 * index + 1; child <= 2 * index + 2 && child < size; child++) {
                if (isBefore(heap[child], heap[least])) {
                    least = child;
                }
            }
            if (least == index) {
                return;
            }
            swap(index, least);
            index = least;
        }
    }

    private void swap(int one, int other) {
        SimThread moved = heap[one];
        put(heap[other], one);
        put(moved, other);
    }

    private void put(SimThread thread, int index) {
        heap[index] = thread;
        thread.heapIndex = index;
    }

    private static boolean isBefore(SimThread one, SimThread other) {
        return one.dueNanos < other.dueNanos
                || one.dueNanos == other.dueNanos && one.dueSequence < other.dueSequence;
    }
}
