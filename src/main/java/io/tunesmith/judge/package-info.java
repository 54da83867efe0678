/** Which one, and is it really better: candidates on fresh seeds, a choice, the sealed test opened once, the receipt. Pure. */
package io.tunesmith.judge;
