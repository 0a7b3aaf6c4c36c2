/** A part of the keys in their order: `from` is the first that is in, `to` the first that is not. */
export interface KeyRange {
  readonly from?: string;
  readonly to?: string;
}

/** Reads of a map whose keys are in order: as JavaScript compares strings, so by their bytes where each unit is one. */
export interface OrderedMap<V> {
  readonly size: number;
  get(key: string): V | undefined;
  /** Not to be continued once the map has changed. */
  entries(range?: KeyRange, order?: 'forward' | 'backward'): Iterable<readonly [key: string, value: V]>;
}

interface Chunk<V> {
  readonly keys: string[];
  readonly values: V[];
}

/** Moving the rest of a chunk is cheaper than another level of chunks up to several million keys. */
const MAX_CHUNK_KEYS = 256;

/** An ordered map in memory: sorted chunks of keys, in a sorted list. It costs 16 bytes a key beside key and value. */
export class SortedMap<V> implements OrderedMap<V> {
  #chunks: Chunk<V>[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    const chunk = this.#chunks[this.#chunkAt(key)];
    if (!chunk) return undefined;
    const at = lowerBound(chunk.keys, key);
    return chunk.keys[at] === key ? chunk.values[at] : undefined;
  }

  /** Gives the value that it replaces. */
  set(key: string, value: V): V | undefined {
    const chunkAt = this.#chunkAt(key);
    const chunk = this.#chunks[chunkAt];
    if (!chunk) {
      this.#chunks.push({ keys: [key], values: [value] });
      this.#size += 1;
      return undefined;
    }
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] === key) {
      const replaced = chunk.values[at];
      chunk.values[at] = value;
      return replaced;
    }
    insert(chunk, at, key, value);
    this.#size += 1;
    if (chunk.keys.length > MAX_CHUNK_KEYS) this.#chunks.splice(chunkAt + 1, 0, splitOff(chunk));
    return undefined;
  }

  /** Gives the value that was there. */
  delete(key: string): V | undefined {
    const chunkAt = this.#chunkAt(key);
    const chunk = this.#chunks[chunkAt];
    if (!chunk) return undefined;
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] !== key) return undefined;
    const removed = chunk.values[at];
    chunk.keys.splice(at, 1);
    chunk.values.splice(at, 1);
    this.#size -= 1;
    if (chunk.keys.length === 0) this.#chunks.splice(chunkAt, 1);
    return removed;
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  entries(range: KeyRange = {}, order: 'forward' | 'backward' = 'forward') {
    return order === 'forward' ? this.#forward(range) : this.#backward(range);
  }

  *#forward({ from, to }: KeyRange): Generator<readonly [string, V]> {
    let chunkAt = from === undefined ? 0 : this.#chunkAt(from);
    for (let at = this.#placeIn(chunkAt, from, 0); chunkAt < this.#chunks.length; chunkAt += 1, at = 0) {
      const { keys, values } = this.#chunk(chunkAt);
      for (; at < keys.length; at += 1) {
        const key = keys[at];
        const value = values[at];
        if (key === undefined || value === undefined || (to !== undefined && key >= to)) return;
        yield [key, value];
      }
    }
  }

  *#backward({ from, to }: KeyRange): Generator<readonly [string, V]> {
    let chunkAt = to === undefined ? this.#chunks.length - 1 : this.#chunkAt(to);
    let at = this.#placeIn(chunkAt, to, Number.POSITIVE_INFINITY) - 1;
    for (; chunkAt >= 0; chunkAt -= 1, at = Number.POSITIVE_INFINITY) {
      const { keys, values } = this.#chunk(chunkAt);
      for (at = Math.min(at, keys.length - 1); at >= 0; at -= 1) {
        const key = keys[at];
        const value = values[at];
        if (key === undefined || value === undefined || (from !== undefined && key < from)) return;
        yield [key, value];
      }
    }
  }

  #placeIn(chunkAt: number, key: string | undefined, otherwise: number): number {
    const chunk = this.#chunks[chunkAt];
    return chunk && key !== undefined ? lowerBound(chunk.keys, key) : otherwise;
  }

  #chunk(at: number): Chunk<V> {
    return this.#chunks[at] ?? { keys: [], values: [] };
  }

  /** The index of the chunk that has the key, or should have it. */
  #chunkAt(key: string): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const first = this.#chunks[middle]?.keys[0];
      if (first !== undefined && first <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The index of the first key that is not before this one. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = keys[middle];
    if (found !== undefined && found < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert<V>({ keys, values }: Chunk<V>, at: number, key: string, value: V): void {
  if (at === keys.length) {
    keys.push(key);
    values.push(value);
  } else {
    keys.splice(at, 0, key);
    values.splice(at, 0, value);
  }
}

/** Takes the upper half. */
function splitOff<V>({ keys, values }: Chunk<V>): Chunk<V> {
  const middle = keys.length >>> 1;
  return { keys: keys.splice(middle), values: values.splice(middle) };
}
