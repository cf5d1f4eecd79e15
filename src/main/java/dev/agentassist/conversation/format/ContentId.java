package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The id of a call whose record has none: importing the same file twice adds one conversation. */
final class ContentId {

    private ContentId() {}

    /** @param content what makes the call this one and no other, in its order */
    static String of(Iterable<? extends JsonNode> content) {
        var digest = new Sha256();
        for (JsonNode node : content) {
            digest.update(node.toString().getBytes(StandardCharsets.UTF_8));
        }
        return "file-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
