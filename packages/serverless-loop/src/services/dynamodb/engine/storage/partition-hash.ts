/** The hash that spreads partitions over a table: scans go by it, as on DynamoDB, and not by the keys' own order. */
export const HASH_SPACE = 2 ** 32;

/** Of the text's units, each of which is a byte: FNV-1a, its bits mixed so that the upper ones are spread too. */
export function partitionHash(encodedKey: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < encodedKey.length; at += 1) {
    hash = Math.imul(hash ^ encodedKey.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The hash as what keys begin with: four units, a byte each. */
export function hashPrefix(hash: number): string {
  return String.fromCharCode(hash >>> 24, (hash >>> 16) & 0xff, (hash >>> 8) & 0xff, hash & 0xff);
}
