package io.tunesmith.cli;

import io.tunesmith.api.rest.BackupFile;
import io.tunesmith.api.rest.BackupManifest;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith backup}: everything that the service keeps, in one file, while the service works. */
@Command(name = "backup", mixinStandardHelpOptions = true, description = "Writes everything that the service keeps into one file, while it works. Keep the file secret: it opens sealed tests.")
final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.tar", description = "The file to write; it appears when it is whole and checked.")
    private Path file;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() throws IOException {
        Path target = file.toAbsolutePath().normalize();
        Path part = part(target);
        try {
            Service.attachOrStart(common.dataDir()).download("/api/v1/backup", part);
            BackupManifest manifest = new BackupFile(part).check();
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            say(manifest, target);
            return ExitCode.OK;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void say(BackupManifest manifest, Path target) throws IOException {
        long bytes = Files.size(target);
        if (common.json()) {
            System.out.println(Json.MAPPER.createObjectNode().put("file", target.toString()).put("bytes", bytes).put("made", manifest.made().toString())
                    .put("runs", manifest.runs()).put("datasets", manifest.datasets()).put("version", manifest.version()));
        } else {
            System.out.printf("%s: runs %d, data sets %d, %.1f MB, as of %s; checked.%n", target, manifest.runs(), manifest.datasets(), bytes / 1e6, manifest.made());
        }
    }

    /** Readable by this user alone before the first byte is in it. */
    private static Path part(Path target) {
        try {
            return Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "file", "cannot write " + target + ": " + e.getMessage()).allowed("a file in a folder that this user may write").asException();
        }
    }
}
