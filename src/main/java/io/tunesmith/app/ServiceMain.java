package io.tunesmith.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tunesmith.api.rest.ErrorView;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.app.backup.Restore;
import io.tunesmith.cli.ExitCode;
import io.tunesmith.cli.ServeOptions;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * The service's main: takes the data folder, brings PostgreSQL up, then starts Quarkus on it. At the end, by whatever signal, PostgreSQL is
 * ended after the last connection is closed; after a crash the next start takes it over.
 */
@QuarkusMain
public final class ServiceMain {
    private ServiceMain() {}

    public static void main(String... arguments) {
        spareCarriers();
        UriCheck.leaveToTheGate();
        ServeOptions options = new ServeOptions();
        try {
            new CommandLine(options).parseArgs(arguments);
            if (options.restore().isPresent()) {
                RestoreMain.restore(options.restore().get(), options.dataDir());
                return;
            }
            start(options, options.rehearse() ? Rehearsal.folder() : options.dataDir());
        } catch (CommandLine.ParameterException e) {
            System.err.println("tunesmith serve: " + e.getMessage());
            System.exit(ExitCode.USAGE);
        } catch (FailureException e) {
            tell(ErrorView.of(e.failure()), options.background());
            System.exit(ExitCode.of(e.failure().code()));
        }
    }

    /** A virtual thread that reads a pipe holds its carrier: on two cores two of them would stop every request. Read when the first one is made. */
    private static void spareCarriers() {
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(Math.max(16, Runtime.getRuntime().availableProcessors())));
    }

    private static void start(ServeOptions options, Path dataDir) {
        Optional<Database> named = Database.named(System.getenv());
        Optional<DataDirLock> lock = named.map(database -> DataDirLock.share(dataDir, database.identity())).orElseGet(() -> DataDirLock.take(dataDir));
        if (lock.isEmpty()) {
            leaveToTheOther(options);
            return;
        }
        Restore.checkFinished(dataDir);
        configure(options, dataDir);
        Database database = named.orElseGet(() -> Database.embedded(dataDir, System.getenv()));
        Optional<DatabaseWatch> watch = database.own().map(DatabaseWatch::over);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            await(closed);
            watch.ifPresent(DatabaseWatch::end);
            database.end();
            Optional.of(dataDir).filter(_ -> options.rehearse()).ifPresent(Rehearsal::delete);
        }));
        connect(database);
        run(options, dataDir, closed);
    }

    private static void run(ServeOptions options, Path dataDir, CountDownLatch closed) {
        Quarkus.run(Service.class, (code, error) -> {
            closed.countDown();
            if (error != null) {
                Failure failure = StartFailure.of(error, dataDir);
                tell(ErrorView.of(failure), options.background());
                System.exit(ExitCode.of(failure.code()));
            }
            System.exit(code);
        });
    }

    /** A background service that finds another one is content: the command that started it uses the other. */
    private static void leaveToTheOther(ServeOptions options) {
        if (options.background()) {
            return;
        }
        String where = ServiceFile.read(options.dataDir()).filter(ServiceFile::alive).flatMap(ServiceFile::url).orElse("");
        throw Failure.BadRequest.of(FailureCode.REFUSED, "--data-dir", "a service is already running on " + options.dataDir() + (where.isEmpty() ? "" : ", at " + where))
                .hint("use it, end it with `tunesmith stop --data-dir " + options.dataDir() + "`, or name another --data-dir").asException();
    }

    private static void configure(ServeOptions options, Path dataDir) {
        InetAddress address = Ports.address(options.host());
        if (options.noAuth() && !address.isLoopbackAddress()) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "--no-auth", "--no-auth on " + options.host() + " would let everyone in")
                    .allowed("--no-auth with --host 127.0.0.1").asException();
        }
        int port = Ports.choose(address, options.rehearse() ? Optional.of(0) : options.port(), before(dataDir));
        System.setProperty("quarkus.http.host", options.host());
        System.setProperty("quarkus.http.port", Integer.toString(port));
        System.setProperty("tunesmith.url", "http://" + (address.isAnyLocalAddress() ? "127.0.0.1" : host(address)) + ":" + port);
        System.setProperty("tunesmith.data-dir", dataDir.toString());
        System.setProperty("tunesmith.rehearsal", Boolean.toString(options.rehearse()));
        System.setProperty("tunesmith.slots", Integer.toString(slots(options)));
        options.measureQueue().ifPresent(waiting -> System.setProperty("tunesmith.measure-queue", Integer.toString(waiting)));
        System.setProperty("tunesmith.background", Boolean.toString(options.background()));
        System.setProperty("tunesmith.auth", Boolean.toString(!options.noAuth()));
        allowRoots(options.allowedRoots());
        oidc(options);
        if (!options.allowedHosts().isEmpty()) {
            System.setProperty("tunesmith.allowed-hosts", String.join(",", options.allowedHosts()));
        }
    }

    /** One setting each: a path may have a comma in it. */
    private static void allowRoots(List<Path> roots) {
        for (int i = 0; i < roots.size(); i++) {
            if (!Files.isDirectory(roots.get(i))) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--allow-root", "there is no folder " + roots.get(i)).allowed("an existing folder").asException();
            }
            System.setProperty("tunesmith.data.roots[" + i + "]", roots.get(i).toAbsolutePath().toString());
        }
    }

    private static void oidc(ServeOptions options) {
        if (options.oidcIssuer().isPresent() != options.oidcAudience().isPresent()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--oidc-issuer", "--oidc-issuer and --oidc-audience belong together").allowed("both or neither").asException();
        }
        options.oidcIssuer().ifPresent(issuer -> System.setProperty("tunesmith.oidc.issuer", OidcPeople.checked(issuer).toString()));
        options.oidcAudience().ifPresent(audience -> System.setProperty("tunesmith.oidc.audience", audience));
    }

    private static int slots(ServeOptions options) {
        if (options.slots() < 0 || options.slots() > 1000) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--slots", "--slots cannot be " + options.slots()).allowed("0 to 1000").asException();
        }
        return options.slots();
    }

    /** A service that ended in good order took its address back: then none of its workers waits. */
    private static Optional<Integer> before(Path dataDir) {
        return ServiceFile.read(dataDir).flatMap(ServiceFile::url).map(url -> URI.create(url).getPort()).filter(port -> port > 0);
    }

    private static String host(InetAddress address) {
        return address.getHostAddress().contains(":") ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    private static void connect(Database database) {
        System.setProperty("quarkus.datasource.jdbc.url", database.url());
        System.setProperty("quarkus.datasource.username", database.user());
        System.setProperty("quarkus.datasource.password", database.password());
        System.setProperty("tunesmith.alone", Boolean.toString(database.alone()));
    }

    private static void await(CountDownLatch closed) {
        try {
            closed.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A background service has no reader but the command that started it: that one reads JSON from the log. */
    private static void tell(ErrorView error, boolean background) {
        if (background) {
            System.err.println(WireJson.write(Map.of("error", error)));
            return;
        }
        System.err.println("tunesmith: " + error.message());
        error.allowed().ifPresent(allowed -> System.err.println("  allowed: " + allowed));
        error.hint().ifPresent(hint -> System.err.println("  hint: " + hint));
    }
}
