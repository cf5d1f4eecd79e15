package dev.agentassist.digest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.testkit.Fixed;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is written here anew must stay the same as the JDK's. */
class Sha256Test {

    /** The examples of FIPS 180-4's companion page, and a million times “a”. */
    @Test
    void hashesTheExamplesOfTheStandard() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hex("abc".getBytes()));
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex(new byte[0]));
        assertEquals(
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".getBytes()));
        byte[] many = new byte[1_000_000];
        Arrays.fill(many, (byte) 'a');
        assertEquals("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", hex(many));
    }

    private static String hex(byte[] message) {
        return HexFormat.of().formatHex(Sha256.of(message));
    }

    @Test
    void hashesEveryLengthAroundTheBlocksAsTheJdkDoes() throws Exception {
        for (int length = 0; length < 300; length++) {
            byte[] message = new byte[length];
            Arrays.fill(message, (byte) length);
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(message), Sha256.of(message), length + " bytes");
        }
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void hashesAsTheJdkDoesInWhateverPieces(@ForAll @Size(max = 500) byte[] message, @ForAll @IntRange(min = 1, max = 130) int piece)
            throws Exception {
        var sha256 = new Sha256();
        for (int from = 0; from < message.length; from += piece) {
            sha256.update(Arrays.copyOfRange(message, from, Math.min(message.length, from + piece)));
        }
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(message), sha256.digest());
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void authenticatesAsTheJdkDoes(@ForAll @Size(min = 1, max = 200) byte[] key, @ForAll @Size(max = 300) byte[] message)
            throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        assertArrayEquals(mac.doFinal(message), Sha256.hmac(key, message));
    }
}
