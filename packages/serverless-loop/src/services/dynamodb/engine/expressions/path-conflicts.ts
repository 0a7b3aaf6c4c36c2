import type { Findings } from './findings.ts';
import { quotePath } from './read-path.ts';
import type { Path } from './syntax.ts';

interface Place {
  /** The path that ends here, if one does. */
  end?: Path;
  /** Some path that leads here or further. */
  readonly through: Path;
  readonly below: Map<string | number, Place>;
}

/**
 * Refuses two paths one of which holds the other ("overlap"), or that take one value for a map and a list
 * ("conflict"). Paths are added in the order of the text; each costs its own length only.
 */
export class PathConflicts {
  readonly #root: Map<string | number, Place> = new Map();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  add(path: Path): void {
    let below = this.#root;
    let place: Place | undefined;
    for (const part of path) {
      if (place?.end) this.#note('overlap', place.end, path);
      const [[sibling, beside] = []] = below;
      if (beside && typeof sibling !== typeof part) this.#note('conflict', beside.through, path);
      place = below.get(part) ?? { through: path, below: new Map() };
      below.set(part, place);
      below = place.below;
    }
    if (!place) return;
    if (place.end || below.size > 0) this.#note('overlap', place.end ?? place.through, path);
    place.end = path;
  }

  #note(kind: 'overlap' | 'conflict', one: Path, two: Path): void {
    this.#findings.add(
      kind,
      `Two document paths ${kind} with each other; must remove or rewrite one of these paths; ` +
        `path one: ${quotePath(one)}, path two: ${quotePath(two)}`,
    );
  }
}
