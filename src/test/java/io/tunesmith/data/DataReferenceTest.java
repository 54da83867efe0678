package io.tunesmith.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataReferenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ds_01h8xgjwbwbaq4m5s9f2k3n7pq | Dataset | ds_01h8xgjwbwbaq4m5s9f2k3n7pq",
        "file-abc123XYZ | UploadedFile | file-abc123XYZ",
        "file-data.csv | Local | file-data.csv",
        "train.csv | Local | train.csv",
        "a/b/train.csv | Local | a/b/train.csv",
        "/srv/data/train.csv | Local | /srv/data/train.csv",
        "file:/srv/data/train.csv | Local | /srv/data/train.csv",
        "file:///srv/data/train.csv | Local | /srv/data/train.csv",
        "FILE:///srv/x.csv | Local | /srv/x.csv",
        "with space.csv | Local | with space.csv",
        "Größe.csv | Local | Größe.csv",
        "https://example.org/a.csv | Https | https://example.org/a.csv",
        "HTTPS://Example.ORG/a.csv | Https | https://example.org/a.csv",
        "https://example.org:8443/a/b.csv?x=1&y=%2F | Https | https://example.org:8443/a/b.csv?x=1&y=%2F",
        "https://example.org | Https | https://example.org/",
        "https://example.org?x=1 | Https | https://example.org/?x=1",
        "https://bücher.example/a.csv | Https | https://xn--bcher-kva.example/a.csv",
        "https://8.8.8.8/a.csv | Https | https://8.8.8.8/a.csv",
        "https://[2606:4700::1111]/a.csv | Https | https://[2606:4700::1111]/a.csv",
        "https://example.org/%C3%A4.csv | Https | https://example.org/%C3%A4.csv",
        "https://example.org/ä.csv | Https | https://example.org/%C3%A4.csv",
        "s3://bucket/a.csv | S3 | s3://bucket/a.csv",
        "s3://my.bucket-1/a/b c?d#e%2F.csv | S3 | s3://my.bucket-1/a/b c?d#e%2F.csv",
        "hf://datasets/org/name/train.csv | HuggingFace | hf://datasets/org/name@main/train.csv",
        "hf://datasets/org/name@v1.0/a/b.parquet | HuggingFace | hf://datasets/org/name@v1.0/a/b.parquet",
        "hf://datasets/org/name@refs%2Fconvert%2Fparquet/a.parquet | HuggingFace | hf://datasets/org/name@refs%2Fconvert%2Fparquet/a.parquet",
    })
    void aReferenceIsReadAs(String text, String kind, String meaning) {
        DataReference reference = DataReference.of(text);

        assertThat(reference.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(switch (reference) {
            case DataReference.Dataset dataset -> dataset.id().value();
            case DataReference.UploadedFile file -> file.id();
            case DataReference.Https https -> https.uri().toString();
            case DataReference.Outside outside -> outside.shown();
        }).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/a.csv", "ftp://example.org/a.csv", "gopher://example.org/1", "data:text/csv,a", "jar:file:/x.jar!/a", "javascript:alert(1)", "mailto:a@b", "ldap://x/a",
        "netdoc:/etc/passwd", "c:/windows/a.csv", "sftp://x/a.csv", "view-source:https://x/a", "blob:https://x/a", "gs://bucket/a.csv", "HTTP://example.org/a.csv"})
    void aKindThatIsNeverReadIsRefused(String text) {
        refused(text, FailureCode.REF_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a.csv", "a.csv ", "a\u0000.csv", "a\n.csv", "a\u202Ecsv", "a\u200B.csv", "\uFEFFa.csv", "a\\b.csv", "..\\a.csv", "../a.csv", "a/../b.csv", "a//b.csv", "/", "a/", "./a.csv",
        "//host/share/a.csv", "~/a.csv", "~root/a.csv", "file://host/a.csv", "file://localhost/a.csv", "file:a.csv", "file:////a.csv", "file:///a/../b.csv", "ds_short", "ds_01H8XGJWBWBAQ4M5S9F2K3N7PQ",
        "https:", "https://", "https:///a.csv", "https:/example.org/a.csv", "https:example.org/a.csv", "https://user@example.org/a.csv", "https://user:secret@example.org/a.csv", "https://example.org@evil.example/a.csv",
        "https://example.org/a.csv#part", "https://example.org:0/a.csv", "https://example.org:65536/a.csv", "https://example.org:99999999/a.csv", "https://example.org:x/a.csv", "https://example.org:/a.csv",
        "https://example..org/a.csv", "https://.example.org/a.csv", "https://example.org./a.csv", "https://-example.org/a.csv", "https://my_host.example.org/a.csv", "https://exa mple.org/a.csv", "https://exa%6dple.org/a.csv", "https://example.org%00/a.csv",
        "https://127.1/a.csv", "https://2130706433/a.csv", "https://0x7f.1/a.csv", "https://0x7f000001/a.csv", "https://0177.0.0.1/a.csv", "https://127.0.0.01/a.csv", "https://127.0.0.256/a.csv", "https://127.0.0.1.1/a.csv",
        "https://0/a.csv", "https://017700000001/a.csv", "https://127.0.0.0x1/a.csv", "https://１２７.0.0.1/a.csv", "https://①②⑦.0.0.1/a.csv", "https://ⓔxample.com/a.csv", "https://example。org/a.csv",
        "https://localhost℀.example/a.csv", "https://[::1/a.csv", "https://[fe80::1%25eth0]/a.csv", "https://[zz::1]/a.csv", "https://example.org/a/../b.csv", "https://example.org/%2e%2e/b.csv", "https://example.org/a%5cb.csv",
        "https://example.org/a%0d%0ab.csv", "https://example.org/a b.csv", "https://example.org/a%zz.csv", "https://example.org/<a>.csv",
        "s3:", "s3://", "s3://bucket", "s3://bucket/", "s3:///a.csv", "s3://Bucket/a.csv", "s3://b/a.csv", "s3://bu..cket/a.csv", "s3://user:pw@bucket/a.csv", "s3://127.0.0.1/a.csv", "s3://bucket/../a.csv", "s3://bucket//a.csv", "s3://bucket/a/",
        "hf://", "hf://org/name/a.csv", "hf://models/org/name/a.csv", "hf://datasets/org/a.csv", "hf://datasets/org/name/", "hf://datasets/org/name@/a.csv", "hf://datasets/org/name@../a.csv", "hf://datasets/org/name@a%2F..%2Fb/a.csv",
        "hf://datasets/org/../a.csv", "hf://datasets/o rg/name/a.csv", "hf://datasets/org/name/a.csv?x=1", "hf://datasets/org/name/%2e%2e/a.csv", "hf://datasets/org/name/../a.csv", "hf://user@datasets/org/name/a.csv"})
    void whatIsNoPlainReferenceIsRefused(String text) {
        refused(text, FailureCode.INVALID_REQUEST);
    }

    @Test
    void aReferenceHasALimit() {
        assertThat(DataReference.of("a".repeat(DataReference.LONGEST - 4) + ".csv")).isInstanceOf(DataReference.Local.class);
        refused("a".repeat(DataReference.LONGEST) + ".csv", FailureCode.INVALID_REQUEST);
        refused("s3://bucket/" + "ä".repeat(600), FailureCode.INVALID_REQUEST);
    }

    @Test
    void theQueryOfAUrlIsNotShown() {
        assertThat(((DataReference.Https) DataReference.of("https://example.org/a.csv?X-Amz-Signature=secret")).shown()).isEqualTo("https://example.org/a.csv");
    }

    private static void refused(String text, FailureCode code) {
        assertThatThrownBy(() -> DataReference.of(text)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
