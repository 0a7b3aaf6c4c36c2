import { randomBytes } from 'node:crypto';

/** The names that CloudFormation has drawn, and the versions that Lambda has counted, for the resources of a stack. */
export interface GivenNames {
  /** The ends of generated names, by logical id. */
  suffixes: ReadonlyMap<string, string>;
  /** The numbers of published versions, by the logical id of each. */
  versions: ReadonlyMap<string, string>;
  /** The number that was given last, by the function's name. */
  lastVersions: ReadonlyMap<string, number>;
}

/** Gives names while a template is read; the same to the same resource however often it is asked. */
export interface NameGiver {
  suffixOf(logicalId: string): string;
  versionOf(logicalId: string, functionName: string): string;
  /** All that were asked for. */
  given(): GivenNames;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Of a stack that has no resource yet. */
export const NO_NAMES: GivenNames = { suffixes: new Map(), versions: new Map(), lastVersions: new Map() };

/** Names for the next form of a stack: known ones stay but for the resources that are made anew. */
export function nameGiver(before: GivenNames, renewed: ReadonlySet<string>): NameGiver {
  const suffixes = new Map<string, string>();
  const versions = new Map<string, string>();
  const lastVersions = new Map(before.lastVersions);

  function nextVersion(functionName: string): string {
    const number = (lastVersions.get(functionName) ?? 0) + 1;
    lastVersions.set(functionName, number);
    return String(number);
  }

  function give(
    given: Map<string, string>,
    known: ReadonlyMap<string, string>,
    logicalId: string,
    make: () => string,
  ): string {
    const kept = renewed.has(logicalId) ? undefined : known.get(logicalId);
    const name = given.get(logicalId) ?? kept ?? make();
    given.set(logicalId, name);
    return name;
  }

  return {
    suffixOf: (logicalId) => give(suffixes, before.suffixes, logicalId, drawSuffix),
    versionOf: (logicalId, functionName) =>
      give(versions, before.versions, logicalId, () => nextVersion(functionName)),
    given: () => ({ suffixes, versions, lastVersions }),
  };
}

/** 12 letters and digits. */
function drawSuffix(): string {
  return [...randomBytes(12)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}
