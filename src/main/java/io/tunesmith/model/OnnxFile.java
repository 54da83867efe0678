package io.tunesmith.model;

import java.util.Map;
import java.util.Set;

/**
 * Looks through an ONNX file (protocol-buffer wire form, onnx.proto of ONNX 1.x) for tensors that refer to data outside the file, without
 * loading it. A file that cannot be read so counts as unsafe.
 */
final class OnnxFile {
    private enum Message { MODEL, GRAPH, NODE, ATTRIBUTE, TENSOR, SPARSE, FUNCTION, TRAINING }

    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;

    /** Field numbers of a message that hold messages in which a tensor can be. */
    private static final Map<Message, Map<Integer, Message>> INSIDE = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE, Map.of(5, Message.TENSOR, 6, Message.GRAPH, 10, Message.TENSOR, 11, Message.GRAPH, 22, Message.SPARSE, 23, Message.SPARSE),
            Message.SPARSE, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TENSOR, Map.of());

    private static final Set<Integer> OUTSIDE = Set.of(EXTERNAL_DATA, DATA_LOCATION);
    private static final int DEEPEST = 40;

    private final byte[] bytes;
    private int at;

    private OnnxFile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the file refers to data outside itself, or cannot be read. */
    static boolean external(byte[] bytes) {
        try {
            return new OnnxFile(bytes).external(Message.MODEL, bytes.length, 0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return true;
        }
    }

    private boolean external(Message message, int end, int depth) {
        if (depth > DEEPEST || end > bytes.length) {
            throw new IllegalArgumentException("not an ONNX file");
        }
        while (at < end) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            int wire = (int) tag & 7;
            if (message == Message.TENSOR && OUTSIDE.contains(field)) {
                return true;
            }
            if (wire == 2) {
                int length = length(end);
                int stop = at + length;
                if (INSIDE.get(message).containsKey(field) && external(INSIDE.get(message).get(field), stop, depth + 1)) {
                    return true;
                }
                at = stop;
            } else {
                skip(wire);
            }
        }
        if (at != end) {
            throw new IllegalArgumentException("not an ONNX file");
        }
        return false;
    }

    private int length(int end) {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("not an ONNX file");
        }
        return (int) length;
    }

    private void skip(int wire) {
        switch (wire) {
            case 0 -> varint();
            case 1 -> at += 8;
            case 5 -> at += 4;
            default -> throw new IllegalArgumentException("not an ONNX file");
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not an ONNX file");
    }
}
