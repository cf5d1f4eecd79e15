/** The thread that does everything: one selector, timers, and tasks from elsewhere. */
package dev.agentassist.live.rtc.net;
