package dev.agentassist.live.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ogg/Opus files as they are: what was written is read back; what is no such file is said to be none, and where. */
class OggOpusFileTest {

    private static final byte[] TAGS = "OpusTags\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final List<byte[]> TONE = Sounds.tone(440, 200);

    @TempDir
    Path folder;

    private static OggOpusFile read(byte[] file) throws IOException {
        return OggOpusFile.read(new ByteArrayInputStream(file), "music.ogg");
    }

    private static byte[] written(List<byte[]> packets, long samples) {
        try {
            var out = new ByteArrayOutputStream();
            try (var ogg = new OggOpusWriter(out, 1, 312, 7, Map.of("TITLE", "x"))) {
                for (byte[] packet : packets) {
                    ogg.packet(packet);
                }
                ogg.end(samples);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatTheWriterWroteIsRead() throws IOException {
        List<byte[]> tone = TONE.subList(0, 120);
        OggOpusFile file = read(written(tone, 114_500));
        assertEquals(1, file.channels());
        assertEquals(312, file.preSkip());
        assertEquals(114_500, file.samples());
        assertEquals(2385, file.millis());
        assertEquals(120, file.packets().size());
        for (int i = 0; i < 120; i++) {
            assertArrayEquals(tone.get(i), file.packets().get(i));
        }
    }

    @Provide
    static Arbitrary<List<byte[]>> sound() {
        // Sizes on both sides of every lace, and 10, 20, 40 and 60 ms long.
        return Arbitraries.integers().between(1, 1200).edgeCases(e -> e.add(253, 254, 255, 509, 510, 511))
                .flatMap(size -> Arbitraries.of(16, 17, 18, 19).map(config -> {
                    var packet = new byte[size];
                    Arrays.fill(packet, size.byteValue());
                    packet[0] = (byte) (config << 3);
                    return packet;
                }))
                .list().ofMinSize(1).ofMaxSize(120);
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void anyPacketsComeBack(@ForAll("sound") List<byte[]> packets) throws IOException {
        long samples = packets.stream().mapToLong(OpusPacket::samples).sum();
        OggOpusFile file = read(written(packets, samples));
        assertEquals(packets.size(), file.packets().size());
        for (int i = 0; i < packets.size(); i++) {
            assertArrayEquals(packets.get(i), file.packets().get(i));
        }
        assertEquals(Math.max(0, samples - 312), file.samples());
    }

    @Property(tries = 300, seed = Fixed.SEED)
    void aFileThatWasCutOffIsReadToItsLastWholePage(@ForAll @IntRange(min = 0, max = 100) int percent) throws IOException {
        List<byte[]> tone = TONE;
        byte[] whole = written(tone, 190_000);
        byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
        try {
            OggOpusFile file = read(cut);
            assertTrue(file.packets().size() % 50 == 0 || percent == 100, "whole pages of a second: " + file.packets().size());
            for (int i = 0; i < file.packets().size(); i++) {
                assertArrayEquals(tone.get(i), file.packets().get(i));
            }
        } catch (OggOpusFile.Unreadable e) {
            assertTrue(percent < 35, "less than its headers and a second of sound: " + e.getMessage());
        }
    }

    @Property(tries = 3000, seed = Fixed.SEED)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 600) byte[] bytes) throws IOException {
        try {
            read(bytes);
        } catch (OggOpusFile.Unreadable e) {
            assertTrue(e.getMessage().startsWith("music.ogg "), e.getMessage());
        }
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void aChangedByteIsFoundOrHarmless(@ForAll @IntRange(min = 0, max = 1_000_000) int where, @ForAll @IntRange(min = 1, max = 255) int by)
            throws IOException {
        List<byte[]> tone = TONE.subList(0, 60);
        byte[] file = written(tone, 50_000);
        file[where % file.length] ^= (byte) by;
        try {
            OggOpusFile read = read(file);
            for (int i = 0; i < read.packets().size(); i++) {
                assertArrayEquals(tone.get(i), read.packets().get(i), "no changed sound is played");
            }
        } catch (OggOpusFile.Unreadable e) {
            assertTrue(e.getMessage().startsWith("music.ogg "), e.getMessage());
        }
    }

    @Test
    void aPacketMayGoOnInTheNextPage() throws IOException {
        byte[] packet = new byte[400];
        packet[0] = (byte) (19 << 3);
        byte[] first = Arrays.copyOf(packet, 255);
        byte[] rest = Arrays.copyOfRange(packet, 255, 400);
        byte[] file = join(
                page(2, 0, 0, new int[] {19}, head(1, 0)), page(0, 0, 1, new int[] {16}, TAGS),
                page(0, -1, 2, new int[] {255}, first), page(1 | 4, 960, 3, new int[] {145}, rest));
        OggOpusFile read = read(file);
        assertEquals(1, read.packets().size());
        assertArrayEquals(packet, read.packets().getFirst());
    }

    @Test
    void aFileCutOutOfALongerOneIsAsLongAsItSounds() throws IOException {
        byte[] second = new byte[50 * 3];
        int[] table = new int[50];
        for (int i = 0; i < 50; i++) {
            second[3 * i] = (byte) (19 << 3);
            table[i] = 3;
        }
        byte[] file = join(
                page(2, 0, 0, new int[] {19}, head(1, 0)), page(0, 0, 1, new int[] {16}, TAGS),
                page(0, 480_000, 2, table, second), page(4, 500_000, 3, table, second));
        assertEquals(48_000 + 20_000 - 312, read(file).samples());
        assertEquals(50 + 21, read(file).packets().size());
    }

    @Test
    void whatIsNoSuchFileIsToldWithItsPlace() {
        byte[] good = written(TONE.subList(0, 60), 50_000);
        byte[] flipped = good.clone();
        flipped[good.length - 30] ^= 1;
        refused("music.ogg is empty", new byte[0]);
        refused("music.ogg is no Ogg file; convert it", "ID3\3\0\0\0\0\0\0 an MP3 file".getBytes(StandardCharsets.US_ASCII));
        refused("music.ogg ends within its first page", Arrays.copyOf(good, 20));
        refused("music.ogg has no sound in it: it ends after its headers", Arrays.copyOf(good, 200));
        refused("music.ogg is damaged: the page at byte ", flipped);
        refused("music.ogg is an Ogg file without Opus; convert it",
                page(2, 0, 0, new int[] {30}, Arrays.copyOf("\1vorbis".getBytes(StandardCharsets.US_ASCII), 30)));
        refused("music.ogg has 6 channels, and a call takes one or two; convert it",
                page(2, 0, 0, new int[] {27}, Arrays.copyOf(head(6, 1), 27)));
        refused("music.ogg has no comment header at byte 47",
                join(page(2, 0, 0, new int[] {19}, head(1, 0)), page(0, 0, 1, new int[] {3}, new byte[3])));
        refused("music.ogg holds something that is no Opus in the page at byte 91",
                join(page(2, 0, 0, new int[] {19}, head(1, 0)), page(0, 0, 1, new int[] {16}, TAGS),
                        page(4, 960, 2, new int[] {2}, new byte[] {3, 0})));
        refused("music.ogg lacks a page before byte 91",
                join(page(2, 0, 0, new int[] {19}, head(1, 0)), page(0, 0, 1, new int[] {16}, TAGS),
                        page(4, 960, 3, new int[] {3}, new byte[] {(byte) (19 << 3), 0, 0})));
    }

    @Test
    void aFileIsNamedByItsPath() throws IOException {
        Path wav = Files.writeString(folder.resolve("hold.wav"), "RIFF\0\0\0\0WAVE");
        var refused = assertThrows(OggOpusFile.Unreadable.class, () -> OggOpusFile.read(wav));
        assertTrue(refused.getMessage().startsWith(wav + " is no Ogg file"), refused.getMessage());
        assertThrows(java.nio.file.NoSuchFileException.class, () -> OggOpusFile.read(folder.resolve("none.ogg")));
    }

    private static void refused(String sentence, byte[] file) {
        var e = assertThrows(OggOpusFile.Unreadable.class, () -> read(file));
        assertTrue(e.getMessage().startsWith(sentence), e.getMessage());
    }

    private static byte[] head(int channels, int family) {
        return ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN).put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1).put((byte) channels).putShort((short) 312).putInt(48_000).putShort((short) 0).put((byte) family)
                .array();
    }

    private static byte[] page(int flags, long granule, int sequence, int[] table, byte[] body) {
        ByteBuffer page = ByteBuffer.allocate(27 + table.length + body.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags).putLong(granule).putInt(7)
                .putInt(sequence).putInt(0).put((byte) table.length);
        for (int lace : table) {
            page.put((byte) lace);
        }
        page.put(body);
        page.putInt(22, OggPages.crc(page.array()));
        return page.array();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
