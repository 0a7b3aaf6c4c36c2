import type { ResourceKind } from './resource-kind.ts';

/** The kinds of resources that a template is read with. */
export class Kinds {
  /** In the order of the list. */
  readonly all: readonly ResourceKind[];
  readonly #byType: ReadonlyMap<string, ResourceKind>;
  /** Each after those that it refers to. */
  readonly inReadingOrder: readonly ResourceKind[];

  /** Throws an Error when a type comes twice, refers to one that is not there, or waits for itself. */
  constructor(kinds: readonly ResourceKind[]) {
    this.all = kinds;
    this.#byType = new Map(kinds.map((kind) => [kind.type, kind]));
    const again = kinds.find((kind) => this.#byType.get(kind.type) !== kind);
    if (again) throw new Error(`the kind ${again.type} is listed twice`);
    this.inReadingOrder = this.#ordered(kinds);
  }

  get(type: string): ResourceKind | undefined {
    return this.#byType.get(type);
  }

  #ordered(kinds: readonly ResourceKind[]): ResourceKind[] {
    const ordered = new Set<ResourceKind>();
    const place = (kind: ResourceKind, waiting: readonly ResourceKind[]) => {
      if (waiting.includes(kind)) throw new Error(`the kind ${kind.type} is read after itself`);
      for (const type of kind.after ?? []) {
        const earlier = this.get(type);
        if (!earlier) throw new Error(`the kind ${kind.type} is read after ${type}, which is not listed`);
        place(earlier, [...waiting, kind]);
      }
      ordered.add(kind);
    };
    for (const kind of kinds) place(kind, []);
    return [...ordered];
  }
}
