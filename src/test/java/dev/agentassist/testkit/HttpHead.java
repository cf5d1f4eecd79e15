package dev.agentassist.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP/1.1 request or answer.
 *
 * @param first the request's or the status line
 * @param headers by their names in small letters
 */
record HttpHead(String first, Map<String, String> headers) {

    private static final int LONGEST = 64 << 10;

    static HttpHead read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int matched = 0; matched < 4; ) {
            int b = in.read();
            if (b < 0 || bytes.size() > LONGEST) {
                throw new EOFException();
            }
            bytes.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
        }
        return new HttpHead(lines[0], headers);
    }

    boolean webSocket() {
        return "websocket".equalsIgnoreCase(headers.get("upgrade"));
    }

    String method() {
        return first.split(" ")[0];
    }

    /** The request's target, with its query. */
    String target() {
        return first.split(" ")[1];
    }

    String path() {
        return target().replaceFirst("\\?.*", "");
    }

    HttpHead withTarget(String target) {
        return new HttpHead(method() + " " + target + " HTTP/1.1", headers);
    }

    /** Of a request, as a server is to get it: one request a connection, nothing but HTTP/1.1 on it, no compression of frames. */
    byte[] bytes() {
        var text = new StringBuilder(first).append("\r\n");
        headers.forEach((name, value) -> {
            boolean hop = List.of("connection", "upgrade", "http2-settings", "keep-alive").contains(name);
            if ((webSocket() || !hop) && !name.equals("sec-websocket-extensions")) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        text.append(webSocket() ? "\r\n" : "connection: close\r\n\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
