package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFileTest {
    @TempDir
    Path folder;

    @Test
    void itIsPrivateAndKeepsTheKeyAfterTheService() throws Exception {
        ServiceFile file = new ServiceFile(Optional.of("http://127.0.0.1:7070"), Optional.of(ProcessHandle.current().pid()), "tsk_x");
        file.write(folder);
        assertThat(ServiceFile.read(folder)).contains(file);
        assertThat(file.alive()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("service.json")))).isEqualTo("rw-------");
        file.ended().write(folder);
        assertThat(ServiceFile.read(folder)).contains(new ServiceFile(Optional.empty(), Optional.empty(), "tsk_x"));
        assertThat(ServiceFile.read(folder).orElseThrow().alive()).isFalse();
    }

    @Test
    void whatCannotBeReadIsNoFile() throws Exception {
        assertThat(ServiceFile.read(folder)).isEmpty();
        Files.writeString(folder.resolve("service.json"), "{");
        assertThat(ServiceFile.read(folder)).isEmpty();
    }
}
