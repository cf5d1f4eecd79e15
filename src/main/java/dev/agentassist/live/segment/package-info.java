/** What was said, each thing once and in order, whichever ways it was published in. */
package dev.agentassist.live.segment;
