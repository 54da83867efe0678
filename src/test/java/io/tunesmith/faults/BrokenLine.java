package io.tunesmith.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A line to a service that can be cut: bytes in both directions wait until it is healed, nobody is told. Thread-safe: one lock, a virtual thread a direction. */
final class BrokenLine implements AutoCloseable {
    private final ServerSocket socket;
    private final InetSocketAddress target;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private boolean cut;

    BrokenLine(String url) throws IOException {
        URI uri = URI.create(url);
        this.target = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    void cut() {
        set(true);
    }

    void heal() {
        set(false);
    }

    private void set(boolean to) {
        lock.lock();
        try {
            cut = to;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        lock.lock();
        try {
            while (cut) {
                healed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = socket.accept();
                Thread.ofVirtual().start(() -> connect(near));
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void connect(Socket near) {
        pass();
        try (near; Socket far = new Socket()) {
            far.connect(target);
            Thread back = Thread.ofVirtual().start(() -> pump(far, near));
            pump(near, far);
            back.join();
        } catch (IOException e) {
            // The partner sees a closed line.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pass();
                out.write(buffer, 0, read);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket one) {
        try {
            one.close();
        } catch (IOException e) {
            System.getLogger(BrokenLine.class.getName()).log(System.Logger.Level.DEBUG, "closed already");
        }
    }

    @Override
    public void close() throws IOException {
        heal();
        socket.close();
    }
}
