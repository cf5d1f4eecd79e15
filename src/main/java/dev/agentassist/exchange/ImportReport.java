package dev.agentassist.exchange;

/**
 * What an import did, in records.
 *
 * @param format what the file turned out to be
 * @param stale older than what is stored, or of a call that has ended since: left alone
 * @param bad could not be read
 */
public record ImportReport(String format, long added, long updated, long unchanged, long stale, long bad) {

    public long total() {
        return added + updated + unchanged + stale + bad;
    }
}
