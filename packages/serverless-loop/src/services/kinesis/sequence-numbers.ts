const DIGITS = 56;
const FIRST_DIGITS = '49';

/** Makes the sequence numbers of a stream: 56 digits, as AWS's are, each greater than all before, as text too. */
export function sequenceNumbers(now: () => number): () => string {
  let lastMs = 0;
  let count = 0;
  return () => {
    const nowMs = Math.max(Math.floor(now()), lastMs);
    count = nowMs > lastMs ? 0 : count + 1;
    lastMs = nowMs;
    const head = FIRST_DIGITS + String(nowMs).padStart(13, '0');
    return head + String(count).padStart(DIGITS - head.length, '0');
  };
}

/** The greatest text that comes before a number and after all numbers before it. */
export function beforeNumber(sequenceNumber: string): string {
  return String(BigInt(sequenceNumber) - 1n).padStart(sequenceNumber.length, '0');
}
