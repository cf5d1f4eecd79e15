/**
 * Following calls in a terminal or a pipe: who is followed, what is made of each event (redacted, matched, saved, written),
 * and when it is over. Knows the live client and the stores, not the command line.
 */
package dev.agentassist.tail;
