/**
 * One call on a full screen: what is known of it ({@link dev.agentassist.snoop.SnoopState}), what keys do to that, and what
 * keeps it up to date. How it looks is told by a {@link dev.agentassist.snoop.SnoopLook}.
 */
package dev.agentassist.snoop;
