package dev.agentassist.live.rtc;

/**
 * Figures of a connection since it began.
 *
 * @param selectedPair the way in use, for people: {@code udp host 10.0.0.2:5000 → 10.0.0.9:7882}; null without one
 * @param relayed whether it goes through a TURN server
 * @param rttMillis last round trip of a connectivity check, or -1
 * @param bytesReceived payload of all datagrams
 * @param bytesSent payload of all datagrams
 * @param messagesReceived data channel messages delivered
 * @param messagesSent data channel messages handed over by the program
 * @param retransmitted SCTP chunks sent more than once
 * @param duplicates SCTP chunks received more than once
 * @param abandoned SCTP messages given up by the other side (partial reliability)
 * @param malformed packets dropped because they could not be read or authenticated
 * @param rtpReceived packets of sound delivered
 * @param rtpLost packets of sound that were expected and have not come
 */
public record PeerStats(
        String selectedPair,
        boolean relayed,
        double rttMillis,
        long bytesReceived,
        long bytesSent,
        long messagesReceived,
        long messagesSent,
        long retransmitted,
        long duplicates,
        long abandoned,
        long malformed,
        long rtpReceived,
        long rtpLost) {}
