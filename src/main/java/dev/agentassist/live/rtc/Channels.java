package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.sctp.Dcep;
import dev.agentassist.live.rtc.sctp.SctpAssociation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data channels of a connection (RFC 8831, RFC 8832). Loop's thread only. */
final class Channels {

    /** Channels that the other side may open. */
    private static final int MAX_CHANNELS = 256;

    private record Waiting(DataChannel channel, byte[] message, boolean text) {}

    private final PeerConnection connection;
    private final PeerListener listener;
    private final Map<Integer, DataChannel> byStream = new HashMap<>();
    private final List<DataChannel> unopened = new ArrayList<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private SctpAssociation sctp;
    private boolean established;
    private int waitingBytes;
    private int nextStream;
    private long received;
    private long sent;

    Channels(PeerConnection connection, PeerListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** Before anything can arrive on it. DTLS's client has the even streams, its server the odd ones. */
    void attach(SctpAssociation association, boolean client) {
        sctp = association;
        nextStream = client ? 0 : 1;
    }

    /** Opens what was wanted before. */
    void established() {
        established = true;
        unopened.forEach(this::request);
        unopened.clear();
        for (Waiting w; (w = waiting.poll()) != null; ) {
            transmit(w);
        }
        waitingBytes = 0;
    }

    void open(DataChannel channel) {
        if (!established) {
            unopened.add(channel);
        } else {
            request(channel);
        }
    }

    private void request(DataChannel channel) {
        while (byStream.containsKey(nextStream)) {
            nextStream += 2;
        }
        channel.assign(nextStream);
        byStream.put(nextStream, channel);
        nextStream += 2;
        byte[] open = new Dcep(channel.label(), channel.ordered(), channel.maxRetransmits()).write();
        sctp.send(channel.id(), Dcep.PPID, open, false, null);
    }

    void send(DataChannel channel, byte[] message, boolean text) {
        sent++;
        var w = new Waiting(channel, message, text);
        if (!established) {
            waiting.add(w);
            waitingBytes += message.length;
        } else {
            transmit(w);
        }
    }

    /** RFC 8831, section 6.6: SCTP has no empty messages, so they are one byte with a kind of their own. */
    private void transmit(Waiting w) {
        boolean empty = w.message.length == 0;
        int ppid = w.text
                ? empty ? Dcep.PPID_EMPTY_STRING : Dcep.PPID_STRING
                : empty ? Dcep.PPID_EMPTY_BINARY : Dcep.PPID_BINARY;
        // Section 6.4 of RFC 8832: in order until the other side has acknowledged the channel.
        boolean unordered = !w.channel.ordered() && w.channel.isOpen();
        sctp.send(
                w.channel.id(),
                ppid,
                empty ? new byte[1] : w.message,
                unordered,
                w.channel.maxRetransmits());
    }

    int buffered() {
        return waitingBytes + (sctp == null ? 0 : sctp.buffered());
    }

    void message(int stream, int ppid, byte[] data) {
        DataChannel channel = byStream.get(stream);
        if (ppid == Dcep.PPID) {
            control(stream, channel, data);
        } else if (channel != null) {
            received++;
            switch (ppid) {
                case Dcep.PPID_STRING -> listener.onMessage(channel, data, true);
                case Dcep.PPID_BINARY -> listener.onMessage(channel, data, false);
                case Dcep.PPID_EMPTY_STRING -> listener.onMessage(channel, new byte[0], true);
                case Dcep.PPID_EMPTY_BINARY -> listener.onMessage(channel, new byte[0], false);
                // RFC 8831, section 6.6: others are not WebRTC's.
                default -> received--;
            }
        }
    }

    private void control(int stream, DataChannel channel, byte[] data) {
        if (Dcep.isAck(data)) {
            if (channel != null && !channel.isOpen()) {
                channel.opened(stream);
                listener.onChannelOpen(channel);
            }
            return;
        }
        Dcep open = Dcep.parse(data);
        if (open == null || channel != null || byStream.size() >= MAX_CHANNELS) {
            return;
        }
        var theirs = new DataChannel(connection, open.label(), open.ordered(), open.maxRetransmits());
        byStream.put(stream, theirs);
        theirs.opened(stream);
        sctp.send(stream, Dcep.PPID, Dcep.ack(), false, null);
        listener.onChannelOpen(theirs);
    }

    void reset(int stream) {
        DataChannel channel = byStream.remove(stream);
        if (channel != null) {
            channel.closed();
            listener.onChannelClosed(channel);
        }
    }

    void closeAll() {
        List.copyOf(byStream.keySet()).forEach(this::reset);
        waiting.clear();
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }
}
