/**
 * Sound of a call: Opus packets put in order and on one clock, decoded, mixed, and written as Ogg (RFC 7845) or WAV. Knows
 * nothing of the command line. Positions and lengths are samples at 48 kHz from the beginning of the listening.
 */
package dev.agentassist.live.audio;
