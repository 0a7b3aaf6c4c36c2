import { isDeepStrictEqual } from 'node:util';

export type Members = Record<string, unknown>;

/** A client that knows the model of every service, and holds each answer against it. */
export interface WireClient {
  /** Throws for an error, or an answer that the model doesn't allow. */
  output(service: string, operation: string, input: Members): Promise<Members>;
  /** The code of the error; throws for an answer that is none. */
  refusal(service: string, operation: string, input: Members): Promise<string>;
  /** The answers to a list asked for in pages of one; undefined for what the client knows no pages of. */
  pages(service: string, operation: string, input: Members): Promise<Members[] | undefined>;
}

export type Go = (operation: string, input?: Members) => Promise<Members>;

/** The operations of a service, each called with what it takes and with what it refuses. */
export interface ServiceContract {
  title: string;
  /** As boto3 calls it. */
  service: string;
  /** Calls every operation; `other` is for what the service stands on. */
  good(go: Go, other: WireClient['output']): Promise<void>;
  /** By the names of members: names of what isn't there. Put into a good call they make it one that is refused. */
  nowhere: Members;
  /** Its code. */
  missing: string;
  /** Where a call is refused for other reasons, or in other words. */
  refused: readonly (readonly [operation: string, input: Members, code: string])[];
  /** Lists that clients ask for in pages in a way that AWS refuses. */
  unpaged?: readonly string[];
  /** Operations that have nothing to be wrong about. */
  neverRefused?: readonly string[];
  /** Operations that succeed by something that only somebody else could do. */
  onlyRefused?: readonly string[];
}

export interface Kept {
  answered: Set<string>;
  refused: Set<string>;
  /** Lists that came in more than one page, and were whole. */
  paged: Set<string>;
}

/** Carries a contract out. Throws at the first call that isn't answered as it says. */
export async function carryOut(contract: ServiceContract, client: WireClient): Promise<Kept> {
  const { service, nowhere, missing, refused, unpaged = [] } = contract;
  const inputs = new Map<string, Members>();
  const kept: Kept = { answered: new Set(), refused: new Set(), paged: new Set() };

  await contract.good(async (operation, input = {}) => {
    const output = await client.output(service, operation, input);
    inputs.set(operation, input);
    kept.answered.add(operation);
    const pages = unpaged.includes(operation) ? undefined : await client.pages(service, operation, input);
    if (pages) {
      refuseOtherItems(operation, output, pages);
      if (pages.length > 1) kept.paged.add(operation);
    }
    return output;
  }, client.output);

  const said = new Set(refused.map(([operation]) => operation));
  const derived = [...inputs].flatMap(([operation, input]) => {
    const swapped = Object.fromEntries(
      Object.entries(nowhere).filter(([member]) => input[member] !== undefined),
    );
    const isDerived = !said.has(operation) && Object.keys(swapped).length > 0;
    return isDerived ? [[operation, { ...input, ...swapped }, missing] as const] : [];
  });
  for (const [operation, input, code] of [...refused, ...derived]) {
    const found = await client.refusal(service, operation, input);
    if (found !== code) throw new Error(`${service} ${operation}: refused with ${found}, not ${code}`);
    kept.refused.add(operation);
  }
  return kept;
}

/** Pages hold each item of each list of the whole, in its order, and none twice. */
function refuseOtherItems(operation: string, whole: Members, pages: readonly Members[]): void {
  for (const [path, list] of Object.entries(listsOf(whole))) {
    const joined = pages.flatMap((page) => listsOf(page)[path] ?? []);
    // What belongs to no list is in each page again.
    const isEachTime =
      path.includes('.') && pages.every((page) => isDeepStrictEqual(listsOf(page)[path], list));
    if (isEachTime || isDeepStrictEqual(joined, list)) continue;
    const [one, other] = [list, joined].map((items) => JSON.stringify(items));
    throw new Error(`${operation} in pages has other items at ${path}: ${other}, not ${one}`);
  }
}

/** The lists of an answer, and those one level below, by where they are. */
function listsOf(answer: Members): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]): [string, unknown[]][] => {
      if (Array.isArray(value)) return [[name, value]];
      return Object.entries(Object(value)).flatMap(([inner, list]) =>
        Array.isArray(list) ? [[`${name}.${inner}`, list]] : [],
      );
    }),
  );
}

/** A text in an answer, by the names that lead there. Throws where there is none. */
export function textIn(answer: unknown, ...path: (string | number)[]): string {
  const found = path.reduce((value: unknown, step) => Object(value)[step], answer);
  if (typeof found !== 'string') throw new Error(`No text at ${path.join('.')} in ${JSON.stringify(answer)}`);
  return found;
}

/** Bytes for the SDK that are their text in the JSON that boto3 is called by. */
export class TextBytes extends Uint8Array {
  readonly #text: string;

  constructor(text: string) {
    super(new TextEncoder().encode(text));
    this.#text = text;
  }

  toJSON(): string {
    return this.#text;
  }
}

/** The same of bytes that are no text: boto3's caller reads them by what they are called. */
export class Base64Bytes extends Uint8Array {
  toJSON(): object {
    return { base64: Buffer.from(this).toString('base64') };
  }
}
