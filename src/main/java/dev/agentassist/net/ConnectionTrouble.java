package dev.agentassist.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why a connection to a server did not come about, as the end of a sentence whose subject is that server. */
public final class ConnectionTrouble {

    /** What OkHttp says of a proxy's answer to {@code CONNECT}. */
    private static final Pattern PROXY_REFUSES = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    private static final String NOT_AUTHENTICATED = "Failed to authenticate with proxy";

    private ConnectionTrouble() {}

    /** As “it refuses the connection”; never holds what a server or a proxy has said. */
    public static String why(IOException e) {
        return switch (e) {
            case UnknownHostException u -> "its name cannot be resolved";
            case ConnectException c -> "it refuses the connection";
            case SSLException s -> tls(s);
            case InterruptedIOException i -> "it did not answer in time";
            default -> proxy(e) != null ? proxy(e) : "the connection failed (" + e.getClass().getSimpleName() + ")";
        };
    }

    /** Whether it stays so until somebody changes a setting: a certificate that is not trusted, a proxy that says no. */
    public static boolean lasts(Throwable e) {
        return e instanceof SSLPeerUnverifiedException
                || e instanceof SSLException && certificate(e) != null
                || e instanceof IOException io && proxy(io) != null;
    }

    /** Whether the server's certificate is what is wrong. */
    public static boolean untrusted(Throwable e) {
        return e instanceof SSLException;
    }

    /** Whether a proxy is what is in the way. */
    public static boolean byProxy(Throwable e) {
        return e instanceof IOException io && proxy(io) != null;
    }

    private static String tls(SSLException e) {
        if (e instanceof SSLPeerUnverifiedException) {
            return "its certificate is for another name";
        }
        String certificate = certificate(e);
        return certificate != null ? certificate : "the TLS connection failed (" + e.getClass().getSimpleName() + ")";
    }

    /** What is wrong with the certificate, or null. */
    private static String certificate(Throwable e) {
        String found = null;
        int depth = 0;
        // The innermost cause is the most precise one.
        for (Throwable cause = e.getCause(); cause != null && depth++ < 10; cause = cause.getCause()) {
            found = switch (cause) {
                case CertificateExpiredException x -> "its certificate has expired";
                case CertificateNotYetValidException x -> "its certificate is not valid yet";
                case CertPathBuilderException x -> "its certificate is of no authority that is trusted here";
                case CertPathValidatorException x -> "its certificate is not valid";
                default -> found;
            };
        }
        return found;
    }

    private static String proxy(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        Matcher refused = PROXY_REFUSES.matcher(message);
        if (refused.find()) {
            return "the proxy does not connect to it (HTTP status " + refused.group(1) + ")";
        }
        return message.startsWith(NOT_AUTHENTICATED) ? "the proxy wants credentials, or other ones than it was given" : null;
    }
}
