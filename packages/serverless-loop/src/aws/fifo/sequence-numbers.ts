/** So that twenty digits come out, as AWS's examples have them (SQS guide, "Exactly-once processing in Amazon SQS"). */
const PER_MS = 10_000_000n;

/** Makes the numbers of a FIFO queue's messages: each is larger than all before it, those of an earlier loop too. */
export function sequenceNumbers(now: () => number): () => string {
  let last = 0n;
  return () => {
    const earliest = BigInt(Math.floor(now())) * PER_MS;
    last = earliest > last ? earliest : last + 1n;
    return String(last);
  };
}
