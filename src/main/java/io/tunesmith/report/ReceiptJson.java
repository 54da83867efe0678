package io.tunesmith.report;

import io.tunesmith.judge.Receipt;

/** Writes {@code receipt.json}: the whole receipt, so that anyone can check the choice and the opening. */
public final class ReceiptJson {
    private ReceiptJson() {}

    /** Snake_case, enums in wire form, times as RFC 3339. */
    public static String write(Receipt receipt) {
        return JsonForm.write(receipt);
    }
}
