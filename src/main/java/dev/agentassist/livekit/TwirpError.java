package dev.agentassist.livekit;

import java.util.Map;

/**
 * What a LiveKit server's API answers instead of a result (Twirp's errors).
 */
public final class TwirpError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> meta;

    /**
     * @param status of HTTP
     * @param code Twirp's word, as {@code not_found}; empty where the answer was none of Twirp's
     * @param meta further fields, as {@code sip_status_code}
     */
    TwirpError(int status, String code, String message, Map<String, String> meta) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.meta = Map.copyOf(meta);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** A field of the error, or null. */
    public String meta(String name) {
        return meta.get(name);
    }
}
