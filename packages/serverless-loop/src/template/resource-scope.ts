import { formatArn, type Place } from '../aws/arn.ts';
import type { DeploymentContext, ReadPlace } from './deployment.ts';
import type { Identity, KindDescriptions } from './kind-description.ts';
import { generatedName, steadySuffix } from './names.ts';
import { didYouMean } from './nearest.ts';
import type { Complain } from './problems.ts';
import type { Resource } from './resource.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { Scope } from './values/functions/function.ts';
import { evaluate } from './values/intrinsics.ts';
import type { ParameterScope } from './values/parameter-scope.ts';
import { type Fields, type Node, scalar, textOf, unknown } from './yaml/node.ts';

/**
 * Everything that values can refer to once the resources are known: parameters, and each resource's Ref and attributes.
 * Needs resources that don't depend on each other in a circle.
 */
export class ResourceScope implements Scope {
  readonly mappings: Fields;
  readonly stackName: string;
  readonly place: Place;
  readonly endpoint: string;
  readonly exported: Scope['exported'];
  readonly kinds: KindDescriptions;
  readonly #parameters: ParameterScope;
  readonly #index: ResourceIndex;
  readonly #names = new Map<Resource, string>();

  readonly #deployment: DeploymentContext | undefined;

  constructor(stack: ReadPlace, parameters: ParameterScope, index: ResourceIndex, kinds: KindDescriptions) {
    this.kinds = kinds;
    this.stackName = stack.stackName;
    this.place = stack.place;
    this.endpoint = stack.endpoint;
    this.#deployment = stack.deployment;
    this.exported = stack.deployment?.exported;
    this.mappings = parameters.mappings;
    this.#parameters = parameters;
    this.#index = index;
  }

  /** References to what is not there are silent here: checkReferences has told them, with the line. */
  ref(name: string, line: number): Node {
    const resource = this.#index.find(name);
    if (resource) return scalar(line, this.physicalId(resource));
    return this.#parameters.ref(name, line, silently);
  }

  attribute(dotted: string, line: number, complain: Complain): Node {
    const found = this.#index.findAttribute(dotted);
    if (!found) return unknown(line);
    const value = this.attributeOf(found.resource, found.attribute);
    if (value !== undefined) return scalar(line, value);
    const known = Object.keys(this.kinds.get(found.resource.type)?.attributes ?? {}).filter(
      (name) => this.attributeOf(found.resource, name) !== undefined,
    );
    const { logicalId, type } = found.resource;
    complain(
      line,
      `${logicalId}.${found.attribute}: not emulated, or no attribute of ${type}${didYouMean(found.attribute, known)}`,
    );
    return unknown(line);
  }

  /** True when it can be said which attributes the resource of `Resource.Attribute` has. */
  knowsType(dotted: string): boolean {
    const found = this.#index.findAttribute(dotted);
    return !found || found.attribute === 'Arn' || this.kinds.get(found.resource.type) !== undefined;
  }

  /** The value of `Ref`. */
  physicalId(resource: Resource): string {
    const identity = this.#identityOf(resource);
    return this.kinds.get(resource.type)?.ref?.(identity) ?? identity.name;
  }

  attributeOf(resource: Resource, attribute: string): string | undefined {
    const type = this.kinds.get(resource.type);
    if (type && Object.hasOwn(type.attributes, attribute))
      return type.attributes[attribute]?.(this.#identityOf(resource));
    if (type) return type.givesProperties ? this.#text(resource, attribute) : undefined;
    if (attribute !== 'Arn') return undefined;
    return formatArn(this.place, serviceOf(resource.type), this.nameOf(resource));
  }

  /** The explicit name, or the one that CloudFormation makes. */
  nameOf(resource: Resource): string {
    const known = this.#names.get(resource);
    if (known !== undefined) return known;
    const type = this.kinds.get(resource.type);
    const explicit = type?.nameProperty ? this.#text(resource, type.nameProperty) : undefined;
    const ending = type?.nameEnding?.((property) => this.#text(resource, property)) ?? '';
    const name = explicit ?? this.#generatedName(resource.logicalId, type?.longestName ?? 255, ending);
    this.#names.set(resource, name);
    return name;
  }

  #generatedName(logicalId: string, longest: number, ending: string): string {
    const suffix = this.#deployment?.suffixOf(logicalId) ?? steadySuffix(this.stackName, logicalId);
    return generatedName(this.stackName, logicalId, suffix, longest, ending);
  }

  #identityOf(resource: Resource): Identity {
    return {
      logicalId: resource.logicalId,
      name: this.nameOf(resource),
      place: this.place,
      endpoint: this.endpoint,
      versionOf: (functionName) => this.#deployment?.versionOf(resource.logicalId, functionName) ?? '1',
      text: (property) => this.#text(resource, property),
      has: (property) => resource.properties.entries.has(property),
    };
  }

  #text(resource: Resource, property: string): string | undefined {
    const node = resource.properties.entries.get(property);
    return node && textOf(evaluate(node, this, silently));
  }
}

/** For values that are worked out a second time when the resource is read, and complained about there. */
function silently(): void {}

/** `AWS::SecretsManager::Secret` -> `secretsmanager`. */
function serviceOf(type: string): string {
  return (type.split('::')[1] ?? type).toLowerCase();
}
