package dev.agentassist.audit;

import java.util.Arrays;

/**
 * Many ids in little memory: 64 bits of each, so that of a million two are taken for one with a probability of one in
 * thirty million.
 */
final class IdSet {

    private static final long EMPTY = 0;

    private long[] table = new long[1024];
    private int size;

    void add(String id) {
        if (size * 2 >= table.length) {
            grow();
        }
        if (put(table, hash(id))) {
            size++;
        }
    }

    boolean contains(String id) {
        long hash = hash(id);
        for (int i = slot(hash, table); ; i = (i + 1) & (table.length - 1)) {
            if (table[i] == EMPTY) {
                return false;
            }
            if (table[i] == hash) {
                return true;
            }
        }
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        Arrays.stream(old).filter(h -> h != EMPTY).forEach(h -> put(table, h));
    }

    private static boolean put(long[] table, long hash) {
        int i = slot(hash, table);
        while (table[i] != EMPTY) {
            if (table[i] == hash) {
                return false;
            }
            i = (i + 1) & (table.length - 1);
        }
        table[i] = hash;
        return true;
    }

    private static int slot(long hash, long[] table) {
        return (int) (hash ^ hash >>> 32) & (table.length - 1);
    }

    /** FNV-1a over the characters, then mixed as SplitMix64 does, because FNV leaves its high bits to short inputs. */
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == EMPTY ? 1 : hash;
    }
}
