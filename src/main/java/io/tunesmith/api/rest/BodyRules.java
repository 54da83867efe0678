package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a body may be, by the path that it comes to: JSON, a form where files are taken, bytes of an attempt, or nothing; as it is, and not too much of it. */
record BodyRules(BodyLimit limit) {
    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";
    private static final Set<String> FORMS = Set.of("/api/v1/datasets", "/v1/files");
    /** RFC 2046, 5.1.1. */
    private static final Pattern BOUNDED = Pattern.compile(";\\s*boundary=(\"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]\"|[0-9A-Za-z'+_.-]{1,70})\\s*(;|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILES = Pattern.compile("/api/v1/attempts/[^/]+/(files/.+|log)");
    /** Reports of workers and agents have a limit of their own. */
    private static final Pattern WORKERS = Pattern.compile("/api/v1/(attempts|agents)(/.*)?");

    void check(String path, HttpServerRequest request) {
        boolean writes = Stream.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT).anyMatch(request.method()::equals);
        String type = type(request);
        boolean form = type.equals(FORM) && takesForms(path);
        if (form && !BOUNDED.matcher(request.getHeader("Content-Type")).find()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "Content-Type", "the form says no boundary").allowed("multipart/form-data; boundary=…, 1 to 70 characters").asException();
        }
        if (writes && !bytes(path, type) && !bare(request) && !type.equals(JSON) && !form) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "Content-Type", type.isEmpty() ? "the content type is missing" : "\"" + type + "\" is not taken")
                    .allowed(takesForms(path) ? JSON + ", " + FORM : JSON).asException();
        }
        Optional<String> packed = Optional.ofNullable(request.getHeader("Content-Encoding")).filter(encoding -> !encoding.strip().equalsIgnoreCase("identity"));
        if (writes && packed.isPresent()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "Content-Encoding", "a packed body is not taken").allowed("identity, or no such header").asException();
        }
        long length = Optional.ofNullable(request.getHeader("Content-Length")).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf).orElse(0L);
        if (length > limit.bytes() && !form && !bytes(path, type) && !WORKERS.matcher(path).matches()) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the body is too large: " + length + " bytes").allowed("at most " + limit.bytes() + " bytes; files come as multipart/form-data").asException();
        }
    }

    private static boolean takesForms(String path) {
        return FORMS.contains(path.replaceFirst("/+$", ""));
    }

    private static String type(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Content-Type")).orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean bytes(String path, String type) {
        return type.equals("application/octet-stream") && FILES.matcher(path).matches();
    }

    /** Some calls bring nothing, and then say no type. */
    private static boolean bare(HttpServerRequest request) {
        String length = Optional.ofNullable(request.getHeader("Content-Length")).orElse("0");
        return request.getHeader("Content-Type") == null && request.getHeader("Transfer-Encoding") == null && length.equals("0") && request.method().equals(HttpMethod.POST);
    }
}
