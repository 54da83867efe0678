package io.tunesmith.api.rest;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.PathPart;

/**
 * A file as an answer: as a download in a sandbox, whatever it holds, whole or a part of it (RFC 9110, section 14). Several ranges at once are answered with
 * the whole.
 *
 * @param range the header Range
 * @param ifRange the header If-Range: a part is wanted only of this version
 */
record FileAnswer(Path file, Optional<String> range, Optional<String> ifRange) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Bytes from {@code first} to {@code last}. */
    private record Part(long first, long last) {}

    Response answer(Request request) {
        EntityTag tag = tag();
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        return (known == null ? body(tag, request.getMethod().equals("HEAD")) : known).tag(tag).header("Accept-Ranges", "bytes").build();
    }

    private Response.ResponseBuilder body(EntityTag tag, boolean headOnly) {
        long size = size();
        Optional<Matcher> wanted = range.map(ONE::matcher).filter(Matcher::matches).filter(found -> !found.group(1).isEmpty() || !found.group(2).isEmpty())
                .filter(_ -> ifRange.isEmpty() || ifRange.get().equals("\"" + tag.getValue() + "\""));
        if (wanted.isEmpty() && headOnly) {
            return described(Response.ok().type(MediaType.APPLICATION_OCTET_STREAM).header("Content-Length", size));
        }
        if (wanted.isEmpty()) {
            // A whole file given as such would be cut by the framework's own reading of Range.
            return described(Response.ok(size == 0 ? new byte[0] : range.isEmpty() ? file : new PathPart(file, 0, size), MediaType.APPLICATION_OCTET_STREAM));
        }
        return part(wanted.get(), size).map(part -> described(Response.status(206).type(MediaType.APPLICATION_OCTET_STREAM).entity(new PathPart(file, part.first, part.last - part.first + 1)))
                .header("Content-Range", "bytes " + part.first + "-" + part.last + "/" + size)).orElseGet(() -> unsatisfiable(size));
    }

    private static Optional<Part> part(Matcher wanted, long size) {
        boolean suffix = wanted.group(1).isEmpty();
        long given = Long.parseLong(suffix ? wanted.group(2) : wanted.group(1));
        long first = suffix ? Math.max(0, size - given) : given;
        long last = suffix || wanted.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(wanted.group(2)));
        return first <= last && first < size ? Optional.of(new Part(first, last)) : Optional.empty();
    }

    private static Response.ResponseBuilder unsatisfiable(long size) {
        return Response.status(416).type(Problem.MEDIA_TYPE).entity(Problem.plain(416, "the file has " + size + " bytes")).header("Content-Range", "bytes */" + size);
    }

    private Response.ResponseBuilder described(Response.ResponseBuilder answer) {
        String name = file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return answer.header("Content-Disposition", "attachment; filename=\"" + name + "\"").header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    private EntityTag tag() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new EntityTag(Long.toHexString(attributes.size()) + "-" + Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
