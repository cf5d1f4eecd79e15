/** Hearing calls: what of a call's sound is kept, where it goes, and when it is over. Knows the live client, not the command line. */
package dev.agentassist.listen;
