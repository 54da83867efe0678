package io.tunesmith.data;

import io.tunesmith.core.Failure;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an https address in the one way that cannot be read otherwise: what two parsers could take for two hosts is refused. */
public final class WebAddress {
    private static final Pattern PARTS = Pattern.compile("https://([^/?#]*)([^#]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@%]+)(?::([0-9]{1,5}))?");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
    private static final String OTHER_DOTS = "\u3002\uff0e\uff61";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private WebAddress() {}

    /** @throws io.tunesmith.core.FailureException {@code INVALID_REQUEST} */
    public static URI of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw refused("it is not https://host/path, or has a # part").asException();
        }
        if (parts.group(1).indexOf('@') >= 0) {
            throw refused("it has a user or password in it").hint("make the data readable without one, or upload them").asException();
        }
        Matcher authority = AUTHORITY.matcher(parts.group(1));
        if (!authority.matches()) {
            throw refused("its host is missing or malformed").asException();
        }
        String rest = parts.group(2).startsWith("/") ? parts.group(2) : "/" + parts.group(2);
        return uri("https://" + host(authority.group(1)) + port(authority.group(2)) + rest);
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text).parseServerAuthority();
            boolean steps = List.of(uri.getPath().split("/", -1)).stream().anyMatch(step -> step.equals(".") || step.equals(".."));
            if (steps || uri.getPath().indexOf('\\') >= 0 || uri.getPath().chars().anyMatch(c -> c < ' ' || c == 127)) {
                throw refused("its path has a step . or .., a backslash or control characters").asException();
            }
            return new URI(uri.toASCIIString());
        } catch (URISyntaxException e) {
            throw refused("it is malformed: " + e.getReason()).hint("spaces are written %20").asException();
        }
    }

    private static String port(String digits) {
        if (digits == null) {
            return "";
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw refused("it has the port " + digits).allowed("1 to 65535").asException();
        }
        return ":" + port;
    }

    private static String host(String host) {
        if (host.startsWith("[")) {
            return host.toLowerCase(Locale.ROOT);
        }
        String ascii = ascii(host);
        String[] labels = ascii.split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches() && !quad(labels)) {
            throw refused("its host is a number in an unusual form").allowed("four numbers from 0 to 255, or a name").asException();
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw refused("its host is malformed").allowed("a name of letters, digits and -").asException();
            }
        }
        return ascii;
    }

    /** A name whose unusual characters stand for plain ones is a disguise. */
    private static String ascii(String host) {
        if (host.chars().allMatch(c -> c < 128)) {
            return host.toLowerCase(Locale.ROOT);
        }
        try {
            String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean dots = host.chars().anyMatch(c -> OTHER_DOTS.indexOf(c) >= 0);
            if (dots || !Normalizer.normalize(host, Normalizer.Form.NFKC).equals(Normalizer.normalize(host, Normalizer.Form.NFC))) {
                throw refused("its host has characters that stand for others").asException();
            }
            return ascii;
        } catch (IllegalArgumentException e) {
            throw refused("its host is no international domain name").asException();
        }
    }

    private static boolean quad(String[] labels) {
        return labels.length == 4 && List.of(labels).stream().allMatch(label -> BYTE.matcher(label).matches() && Integer.parseInt(label) < 256);
    }

    private static Failure.BadRequest refused(String why) {
        return DataReference.invalid("the address cannot be used: " + why).allowed("https://HOST/PATH, the host a name or an address in its usual form");
    }
}
