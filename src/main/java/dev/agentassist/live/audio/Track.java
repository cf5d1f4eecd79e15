package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;

/** The packets of one track on their way to their place in time. */
final class Track {

    private final PacketOrder order;
    private final Timeline timeline;

    /** {@code startNanos}: the moment that is position 0. */
    Track(long startNanos, Timeline.Output out) {
        timeline = new Timeline(startNanos, out);
        order = new PacketOrder(timeline::add);
    }

    void add(AudioPacket packet) {
        order.add(packet);
    }

    void tick(long nowNanos) {
        order.tick(nowNanos);
        timeline.tick(nowNanos);
    }

    /** There will be no more. */
    void flush() {
        order.flush();
        timeline.flush();
    }
}
