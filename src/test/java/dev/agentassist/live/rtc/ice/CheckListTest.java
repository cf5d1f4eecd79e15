package dev.agentassist.live.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.rtc.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two check lists with a wire between them: who controls (RFC 8445, section 7.3.1.1). */
class CheckListTest {

    private static final class Side {
        final InetSocketAddress address;
        final CheckList checks;
        final IceGeneration generation;
        final ArrayDeque<byte[]> sent = new ArrayDeque<>();
        final IcePath path;
        boolean nominated;

        Side(int port, long tieBreaker, String ufrag) {
            address = new InetSocketAddress("127.0.0.1", port);
            generation = new IceGeneration(new IceCredentials(ufrag, "a-password-of-the-tests-" + ufrag));
            checks = new CheckList(tieBreaker, new CheckList.Listener() {
                @Override
                public void valid(IcePair pair) {}

                @Override
                public void nominated(IcePair pair) {
                    nominated = true;
                }
            });
            path = new IcePath(IceCandidate.Type.HOST, false, IceCandidate.priority(126, 65535)) {
                @Override
                InetSocketAddress local() {
                    return address;
                }

                @Override
                void send(byte[] bytes, int offset, int length, InetSocketAddress to) {
                    sent.add(Arrays.copyOfRange(bytes, offset, offset + length));
                }

                @Override
                void close() {}
            };
        }

        IcePair pairWith(Side other) {
            var candidate = new IceCandidate(
                    "1", false, null, other.path.priority, other.address, IceCandidate.Type.HOST, null);
            return checks.add(path, candidate, generation);
        }

        void takeFrom(Side other, int atMost) {
            for (int i = 0; i < atMost && !other.sent.isEmpty(); i++) {
                byte[] bytes = other.sent.poll();
                checks.received(path, other.address, StunMessage.parse(bytes, 0, bytes.length), List.of(generation), 0);
            }
        }
    }

    private static Side[] sides(boolean bothControl) {
        var large = new Side(1000, -1, "large");
        var small = new Side(2000, 1, "small");
        large.generation.remote = small.generation.local;
        small.generation.remote = large.generation.local;
        large.checks.role(bothControl, false);
        small.checks.role(bothControl, false);
        return new Side[] {large, small};
    }

    /** However many checks are under way, and whoever's arrive first: one of them switches, and only once. */
    @ParameterizedTest
    @CsvSource({"true,1,large", "true,2,large", "true,3,small", "false,1,small", "false,2,small", "false,3,large"})
    void ofTwoThatWantTheSameRoleTheLargerTieBreakerControls(boolean bothControl, int underWay, String first) {
        Side[] both = sides(bothControl);
        Side large = both[0];
        Side small = both[1];
        IcePair ofLarge = large.pairWith(small);
        IcePair ofSmall = small.pairWith(large);
        for (int i = 0; i < underWay; i++) {
            large.checks.check(ofLarge, false, 0);
            small.checks.check(ofSmall, false, 0);
        }
        for (int round = 0; round < 20; round++) {
            Side hears = first.equals("large") == (round % 2 == 0) ? large : small;
            hears.takeFrom(hears == large ? small : large, 100);
            large.checks.next(round * 1_000_000_000L);
            small.checks.next(round * 1_000_000_000L);
        }
        assertTrue(large.checks.controlling(), "the larger one controls");
        assertFalse(small.checks.controlling(), "the smaller one is controlled");
        assertTrue(ofLarge.valid && ofSmall.valid, "each has an answer");
        large.checks.check(ofLarge, true, 0);
        small.takeFrom(large, 100);
        assertTrue(small.nominated);
    }

    @Test
    void aLiteSideNeverControls() {
        Side[] both = sides(true);
        Side large = both[0];
        Side small = both[1];
        small.checks.role(true, true);
        IcePair ofSmall = small.pairWith(large);
        small.checks.check(ofSmall, false, 0);
        large.pairWith(small);
        large.takeFrom(small, 1);
        small.takeFrom(large, 1);
        assertTrue(small.checks.controlling());
        assertEquals(0, small.checks.malformed());
    }
}
