import { LOOP_TYPE, type Resource } from './resource.ts';
import type { Reference } from './values/references.ts';

/** Finds resources by the names that references call them. */
export class ResourceIndex {
  readonly all: readonly Resource[];
  readonly #byName = new Map<string, Resource>();

  constructor(resources: readonly Resource[]) {
    this.all = resources;
    for (const resource of resources) {
      this.#byName.set(resource.logicalId, resource);
      if (resource.alsoNamed) this.#byName.set(resource.alsoNamed, resource);
    }
  }

  get names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** The resource of SAM's own, not expanded here, that SAM may make the named one from: that name begins with its. */
  makerOf(name: string): Resource | undefined {
    const [logicalId = ''] = name.split('.', 1);
    for (const [known, resource] of this.#byName)
      if (resource.type.startsWith('AWS::Serverless::') && logicalId.startsWith(known)) return resource;
    // A loop over what isn't known may make any.
    return this.all.find(({ type }) => type === LOOP_TYPE);
  }

  find(name: string): Resource | undefined {
    return this.#byName.get(name);
  }

  /** The resource that a reference names; Fn::Sub's `${Api.Stage}` is the stage that SAM calls so, as `Ref` of it. */
  referredBy({ name, hasAttribute, by }: Reference): Resource | undefined {
    if (!hasAttribute) return this.find(name);
    return (by === 'Fn::Sub' ? this.find(name) : undefined) ?? this.findAttribute(name)?.resource;
  }

  /** `Resource.Attribute` taken apart; SAM's own names (`Packer.Alias`) hold a dot themselves. */
  findAttribute(dotted: string): { resource: Resource; attribute: string } | undefined {
    const [first = '', second = '', ...rest] = dotted.split('.');
    const samMade = rest.length > 0 ? this.#byName.get(`${first}.${second}`) : undefined;
    if (samMade) return { resource: samMade, attribute: rest.join('.') };
    const resource = this.#byName.get(first);
    return resource && { resource, attribute: [second, ...rest].join('.') };
  }
}
