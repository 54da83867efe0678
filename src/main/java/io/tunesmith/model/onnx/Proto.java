package io.tunesmith.model.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one protocol-buffer message, field by field, in wire form. Enough for onnx.proto, which spares the library. */
final class Proto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    Proto whole(int field, long value) {
        tag(field, 0);
        varint(value);
        return this;
    }

    Proto text(int field, String value) {
        return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Proto message(int field, Proto value) {
        return raw(field, value.bytes());
    }

    Proto single(int field, float value) {
        tag(field, 5);
        out.writeBytes(littleEndian(new float[] {value}));
        return this;
    }

    /** Packed floats. */
    Proto floats(int field, float[] values) {
        return raw(field, littleEndian(values));
    }

    /** Packed whole numbers. */
    Proto wholes(int field, List<Integer> values) {
        Proto packed = new Proto();
        values.forEach(packed::varint);
        return raw(field, packed.bytes());
    }

    Proto raw(int field, byte[] value) {
        tag(field, 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    static byte[] littleEndian(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    private void tag(int field, int wire) {
        varint((long) field << 3 | wire);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
