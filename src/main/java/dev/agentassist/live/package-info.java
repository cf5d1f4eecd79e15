/**
 * The live-listen client: joins a LiveKit room and tells what is said there. A library of its own, in pure Java: it knows
 * nothing of the command line, the settings or the stores. Begin with {@link dev.agentassist.live.LiveListen}.
 */
package dev.agentassist.live;
