package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.ice.IceCandidate;
import dev.agentassist.live.rtc.ice.IceCredentials;
import dev.agentassist.live.rtc.sdp.SdpDescription;
import dev.agentassist.live.rtc.sdp.SdpSection;
import dev.agentassist.live.rtc.sdp.SdpWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Offers and answers of a connection, and what they agree on. Sections keep their places (RFC 8829, section 5.2.2). */
final class Descriptions {

    private static final int MAX_SECTIONS = 512;
    private static final int MAX_MESSAGE = 262_144;
    private static final String CHANNELS_PROTOCOL = "UDP/DTLS/SCTP";
    private static final String AUDIO_PROTOCOL = "UDP/TLS/RTP/SAVPF";

    private enum Kind {
        CHANNELS,
        RECEIVE,
        SEND
    }

    /** A section of our offers. */
    private record Offered(Kind kind, String mid, RtpSender sender) {}

    private final SecureRandom random;
    private final String fingerprint;
    private final PeerConnection connection;
    private final Media media;
    private final long session;
    private final List<Offered> offered = new ArrayList<>();
    private List<SdpSection> remote = List.of();
    private long version;

    Descriptions(SecureRandom random, String fingerprint, PeerConnection connection, Media media) {
        this.random = random;
        this.fingerprint = fingerprint;
        this.connection = connection;
        this.media = media;
        this.session = random.nextLong() >>> 2;
    }

    void wantChannels() {
        if (offered.stream().noneMatch(o -> o.kind == Kind.CHANNELS)) {
            offered.add(new Offered(Kind.CHANNELS, nextMid(), null));
        }
    }

    void setAudioReceivers(int count) {
        long now = offered.stream().filter(o -> o.kind == Kind.RECEIVE).count();
        addAudioReceivers((int) (count - now));
    }

    void addAudioReceivers(int more) {
        for (int i = 0; i < more && offered.size() < MAX_SECTIONS; i++) {
            offered.add(new Offered(Kind.RECEIVE, nextMid(), null));
        }
    }

    RtpSender addAudioSender(String trackId) {
        String mid = nextMid();
        var sender = new RtpSender(connection, mid, trackId, random.nextInt() & 0xffffffffL);
        offered.add(new Offered(Kind.SEND, mid, sender));
        return sender;
    }

    private String nextMid() {
        return Integer.toString(offered.size());
    }

    /** Where candidates belong to: the first section, whose transport all share. */
    String firstMid() {
        return remote.isEmpty() ? "0" : remote.getFirst().mid();
    }

    private SdpWriter writer(IceCredentials credentials, List<IceCandidate> candidates, boolean active) {
        var lines = candidates.stream().map(IceCandidate::text).toList();
        return new SdpWriter(
                new SdpWriter.Transport(
                        session, ++version, active, credentials.ufrag(), credentials.password(), fingerprint, lines),
                MAX_MESSAGE);
    }

    String offer(IceCredentials credentials, List<IceCandidate> candidates) {
        var out = writer(credentials, candidates, true);
        var opus = List.of(SdpWriter.OPUS);
        for (Offered o : offered) {
            switch (o.kind) {
                case CHANNELS -> out.application(o.mid, CHANNELS_PROTOCOL);
                case RECEIVE -> out.receive(o.mid, AUDIO_PROTOCOL, opus, SdpWriter.MID_EXTENSION, true);
                case SEND -> out.send(
                        o.mid,
                        AUDIO_PROTOCOL,
                        opus,
                        SdpWriter.MID_EXTENSION,
                        o.sender.trackId(),
                        o.sender.ssrc(),
                        media.cname());
            }
        }
        return out.text();
    }

    void answered(SdpDescription answer) {
        remote = List.copyOf(answer.sections());
        media.describe(remote);
        for (Offered o : offered) {
            for (SdpSection theirs : remote) {
                if (o.kind == Kind.SEND && theirs.mid().equals(o.mid)) {
                    List<Integer> opus = theirs.payloadTypes("opus");
                    media.agreed(
                            o.sender,
                            theirs.receiving() && !opus.isEmpty() ? opus.getFirst() : -1,
                            theirs.midExtension());
                }
            }
        }
    }

    String answer(
            SdpDescription offer, IceCredentials credentials, List<IceCandidate> candidates, boolean active) {
        remote = List.copyOf(offer.sections());
        media.describe(remote);
        var out = writer(credentials, candidates, active);
        for (SdpSection section : remote) {
            List<Integer> opus = section.payloadTypes("opus");
            if (section.refused()) {
                out.refuse(section);
            } else if (section.kind().equals("application")) {
                out.application(section.mid(), section.protocol());
            } else if (section.kind().equals("audio") && !opus.isEmpty()) {
                out.receive(
                        section.mid(), section.protocol(), opus, section.midExtension(), section.sending());
            } else {
                out.refuse(section);
            }
        }
        return out.text();
    }

    List<MediaSection> remoteSections() {
        return remote.stream()
                .map(s -> new MediaSection(
                        s.mid(),
                        s.kind(),
                        s.sending(),
                        s.streamId(),
                        s.trackId(),
                        Map.copyOf(s.codecs()),
                        List.copyOf(s.ssrcs())))
                .toList();
    }
}
