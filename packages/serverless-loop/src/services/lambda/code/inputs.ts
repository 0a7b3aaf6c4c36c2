import type { Fingerprints } from './fingerprint.ts';
import { isPackageFile } from './package-border.ts';

/** The files that code is made of. */
export interface Inputs {
  own: Fingerprints;
  /** Of packages: a thousand and more for a client of AWS. Those of a bundle are read from disk when they are asked for. */
  readonly packages: Fingerprints;
}

export const NO_INPUTS: Inputs = { own: {}, packages: {} };

export function inputsOf(all: Fingerprints): Inputs {
  const entries = Object.entries(all);
  return {
    own: Object.fromEntries(entries.filter(([file]) => !isPackageFile(file))),
    packages: Object.fromEntries(entries.filter(([file]) => isPackageFile(file))),
  };
}

/** Packages that are read once, at the first time that they are asked for. */
export function inputsWith(own: Fingerprints, readPackages: () => Fingerprints): Inputs {
  let packages: Fingerprints | undefined;
  return {
    own,
    get packages() {
      packages ??= readPackages();
      return packages;
    },
  };
}

/** Those of both; of a file that both have, as the second has it. */
export function joinInputs(one: Inputs, other: Inputs): Inputs {
  return inputsWith({ ...one.own, ...other.own }, () => ({ ...one.packages, ...other.packages }));
}

export function allOf({ own, packages }: Inputs): Fingerprints {
  return { ...own, ...packages };
}
