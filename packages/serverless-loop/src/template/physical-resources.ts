import { formatArn } from '../aws/arn.ts';
import { digest } from '../aws/digest.ts';
import type { ReadPlace } from './deployment.ts';
import type { Identity, KindDescriptions } from './kind-description.ts';
import { generatedName, steadySuffix } from './names.ts';
import type { Resource } from './resource.ts';
import { localIdOf } from './stack-path.ts';
import { resolveDynamic } from './values/dynamic-references.ts';
import type { Scope } from './values/functions/function.ts';
import { evaluate } from './values/intrinsics.ts';
import type { StoredLookup } from './values/stored-values.ts';
import { entryOf, type Node, textOf, toPlain } from './yaml/node.ts';

interface NamingScope extends Scope {
  readonly stored: StoredLookup;
}

/** The names, ids and attributes that the resources of one template have once they are made. */
export class PhysicalResources {
  readonly #stack: ReadPlace;
  readonly #kinds: KindDescriptions;
  readonly #scope: NamingScope;
  readonly #names = new Map<Resource, string>();

  /** Finds in `scope` the values that properties of the resources refer to. */
  constructor(stack: ReadPlace, kinds: KindDescriptions, scope: NamingScope) {
    this.#stack = stack;
    this.#kinds = kinds;
    this.#scope = scope;
  }

  /** The value of `Ref`. */
  idOf(resource: Resource): string {
    const identity = this.#identityOf(resource);
    return this.#kinds.get(resource.type)?.ref?.(identity) ?? identity.name;
  }

  attributeOf(resource: Resource, attribute: string): string | undefined {
    const type = this.#kinds.get(resource.type);
    if (type && Object.hasOwn(type.attributes, attribute))
      return type.attributes[attribute]?.(this.#identityOf(resource));
    if (type) return type.givesProperties ? this.#text(resource, attribute) : undefined;
    if (attribute !== 'Arn') return undefined;
    return formatArn(this.#stack.place, serviceOf(resource.type), this.nameOf(resource));
  }

  /** The explicit name, or the one that CloudFormation makes. */
  nameOf(resource: Resource): string {
    const known = this.#names.get(resource);
    if (known !== undefined) return known;
    // Its name may be asked for on the way to its name, in a circle that only SAM's own resources can make.
    this.#names.set(resource, resource.logicalId);
    const type = this.#kinds.get(resource.type);
    const explicit = type?.nameProperty ? this.#text(resource, type.nameProperty) : undefined;
    const ending = type?.nameEnding?.((property) => this.#text(resource, property)) ?? '';
    const name = explicit ?? this.#generatedName(resource.logicalId, type?.longestName ?? 255, ending);
    this.#names.set(resource, name);
    return name;
  }

  #generatedName(logicalId: string, longest: number, ending: string): string {
    const localId = localIdOf(logicalId);
    const suffix =
      this.#stack.deployment?.suffixOf(logicalId) ?? steadySuffix(this.#stack.stackName, localId);
    return generatedName(this.#stack.stackName, localId, suffix, longest, ending);
  }

  #identityOf(resource: Resource): Identity {
    return {
      logicalId: localIdOf(resource.logicalId),
      name: this.nameOf(resource),
      place: this.#stack.place,
      endpoint: this.#stack.endpoint,
      versionOf: (functionName) => this.#stack.deployment?.versionOf(resource.logicalId, functionName) ?? '1',
      text: (property) => this.#text(resource, property),
      fingerprint: () =>
        digest(JSON.stringify(toPlain(evaluate(resource.properties, this.#scope, silently)))),
      has: (property) => resource.properties.entries.has(property),
    };
  }

  #text(resource: Resource, path: string): string | undefined {
    const [property = '', ...inside] = path.split('.');
    const node = resource.properties.entries.get(property);
    return (
      node &&
      textOf(
        inside.reduce(
          within,
          resolveDynamic(evaluate(node, this.#scope, silently), this.#scope.stored, silently),
        ),
      )
    );
  }
}

/** The entry of a map, or the item of a list by its number from 0. */
function within(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'list' ? node.items[Number(key)] : entryOf(node, key);
}

/** For values that are worked out a second time when the resource is read, and complained about there. */
export function silently(): void {}

/** `AWS::SecretsManager::Secret` -> `secretsmanager`. */
function serviceOf(type: string): string {
  return (type.split('::')[1] ?? type).toLowerCase();
}
