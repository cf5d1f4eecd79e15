package dev.agentassist.live.signal;

import java.time.Instant;

/**
 * Why a signalling connection could not be made, or ended.
 *
 * @param status the HTTP status that refused it, or 0
 * @param detail what the server or the network said, short; never holds a token
 * @param serverTime the server's clock at the refusal, or null
 * @param cause or null
 */
public record SignalFailure(int status, String detail, Instant serverTime, Throwable cause) {}
