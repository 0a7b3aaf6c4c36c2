import type { Place } from '../aws/arn.ts';
import type { DeploymentContext, GivenValues, ReadPlace } from './deployment.ts';
import type { KindDescriptions } from './kind-description.ts';
import { didYouMean } from './nearest.ts';
import { PhysicalResources, silently } from './physical-resources.ts';
import type { Complain } from './problems.ts';
import { LOOP_TYPE, type Resource } from './resource.ts';
import type { ResourceIndex } from './resource-index.ts';
import { localIdOf } from './stack-path.ts';
import type { Scope } from './values/functions/function.ts';
import { evaluate } from './values/intrinsics.ts';
import type { ParameterScope } from './values/parameter-scope.ts';
import { lookupIn, type StoredLookup } from './values/stored-values.ts';
import { at, type Fields, missingIn, type Node, scalar, unknown } from './yaml/node.ts';

/** The outputs of the stacks that are nested in a template's. */
export interface NestedOutputs {
  /** The value of an output; undefined when the stack can't be read. Complains when it has no such output. */
  output(stack: Resource, name: string, line: number, complain: Complain): Node | undefined;
  /** The value that another stack of the tree exports. */
  exported(name: string, line: number): Node | undefined;
}

/** The place of a template in a tree of nested stacks. */
export interface TemplatePlace {
  /** Absolute. */
  file: string;
  /** The logical ids that lead to its stack, and what the stack is nested in. */
  within?: { path: string; parent: ResourceScope };
}

/**
 * Everything that values can refer to once the resources are known: parameters, and each resource's Ref and attributes.
 * Needs resources that don't depend on each other in a circle.
 */
export class ResourceScope implements Scope {
  readonly mappings: Fields;
  readonly stackName: string;
  readonly place: Place;
  readonly endpoint: string;
  readonly kinds: KindDescriptions;
  /** The template's file, absolute. */
  readonly file: string;
  /** The logical ids that lead to its stack; undefined for the stack that no other holds. */
  readonly path: string | undefined;
  /** Set once the stacks that are nested in this one can be read. */
  nested: NestedOutputs | undefined;
  /** Of the resources of all stacks of the tree but the outermost, their own. */
  readonly #homes: Map<Resource, ResourceScope>;
  readonly #parameters: ParameterScope;
  readonly #index: ResourceIndex;
  /** Those of this template. */
  readonly #physical: PhysicalResources;

  readonly #deployment: DeploymentContext | undefined;
  readonly #given: GivenValues;
  readonly #stored: StoredLookup;

  constructor(
    stack: ReadPlace,
    { parameters, index }: { parameters: ParameterScope; index: ResourceIndex },
    kinds: KindDescriptions,
    { file, within }: TemplatePlace,
  ) {
    this.kinds = kinds;
    this.file = file;
    this.path = within?.path;
    this.#homes = within ? within.parent.#homes : new Map();
    if (within) for (const resource of index.all) this.#homes.set(resource, this);
    this.stackName = stack.stackName;
    this.place = stack.place;
    this.endpoint = stack.endpoint;
    this.#deployment = stack.deployment;
    this.#given = stack.given ?? { values: {}, imports: {} };
    this.#stored = storedLookup(stack);
    this.mappings = parameters.mappings;
    this.#parameters = parameters;
    this.#index = index;
    this.#physical = new PhysicalResources(stack, kinds, this);
  }

  /** The scope of the template that a resource of the tree stands in. */
  of(resource: Resource): ResourceScope {
    return this.#homes.get(resource) ?? this;
  }

  /** References to what is not there are silent here: checkReferences has told them, with the line. */
  ref(name: string, line: number): Node {
    const given = givenTo(this.#given.values, this.#pathTo(name));
    if (given !== undefined) return scalar(line, given);
    const resource = this.#index.find(name);
    if (resource) return this.#unknownName(resource, line) ?? scalar(line, this.physicalId(resource));
    const value = this.#parameters.valueOf(name);
    if (value) return at(line, value);
    return this.#madeBySam(name, line) ?? unknown(line);
  }

  isMadeName(dotted: string): boolean {
    return this.#index.find(dotted) !== undefined;
  }

  attribute(dotted: string, line: number, complain: Complain): Node {
    const given = givenTo(this.#given.values, this.#pathTo(dotted));
    if (given !== undefined) return scalar(line, given);
    const found = this.#index.findAttribute(dotted);
    if (!found) return this.#madeBySam(dotted, line) ?? unknown(line);
    const unnamed = this.#unknownName(found.resource, line);
    if (unnamed) return unnamed;
    if (found.resource.type === NESTED_STACK) return this.#output(found, line, complain);
    const value = this.attributeOf(found.resource, found.attribute);
    if (value !== undefined) return scalar(line, value);
    const { type } = found.resource;
    const logicalId = localIdOf(found.resource.logicalId);
    const kind = this.kinds.get(type);
    if (!kind || kind.hasMoreAttributes)
      return unknown(line, {
        name: dotted,
        why: `${type} is not emulated`,
        option: `--value ${this.#pathTo(dotted)}=value`,
      });
    const known = Object.keys(kind.attributes).filter(
      (name) => this.attributeOf(found.resource, name) !== undefined,
    );
    complain(
      line,
      `${logicalId}.${found.attribute}: not emulated, or no attribute of ${type}${didYouMean(found.attribute, known)}`,
    );
    return unknown(line);
  }

  /** `Outputs.Name` of a nested stack, which has no other attribute. */
  #output(
    { resource, attribute }: { resource: Resource; attribute: string },
    line: number,
    complain: Complain,
  ): Node {
    const dotted = `${localIdOf(resource.logicalId)}.${attribute}`;
    const name = /^Outputs\.(.+)$/.exec(attribute)?.[1];
    if (name === undefined) {
      complain(line, `${dotted}: no attribute of ${NESTED_STACK}, expected Outputs.Name`);
      return unknown(line);
    }
    return (
      this.nested?.output(resource, name, line, complain) ??
      unknown(line, {
        name: dotted,
        why: `${localIdOf(resource.logicalId)} is unavailable`,
        option: `--value ${this.#pathTo(dotted)}=value`,
      })
    );
  }

  /** The name of something of this template in the whole tree. */
  #pathTo(name: string): string {
    return this.path === undefined ? name : `${this.path}/${name}`;
  }

  imported(name: string, line: number, complain: Complain): Node {
    const inTree = this.nested?.exported(name, line);
    if (inTree) return inTree;
    const value = givenTo(this.#given.imports, name) ?? this.#deployment?.exported(name);
    if (value !== undefined) return scalar(line, value);
    if (!this.#deployment)
      return unknown(line, {
        name: `the export ${name}`,
        why: 'no other stack runs here',
        option: `--import ${name}=value`,
      });
    complain(line, `Fn::ImportValue: No export named ${name} found.`);
    return unknown(line);
  }

  /** Parameters and secrets as a dynamic reference finds them; a parameter of the template itself has the value that it says. */
  get stored(): StoredLookup {
    return {
      ...this.#stored,
      parameter: (reference) => this.#stored.parameter(reference) ?? this.#declaredParameter(reference),
    };
  }

  #declaredParameter(name: string): string | undefined {
    const resource = this.#index.all.find(
      (it) => it.type === 'AWS::SSM::Parameter' && this.nameOf(it) === name,
    );
    return resource && this.attributeOf(resource, 'Value');
  }

  /** The value of `Ref`. */
  physicalId(resource: Resource): string {
    return this.of(resource).#physical.idOf(resource);
  }

  attributeOf(resource: Resource, attribute: string): string | undefined {
    return this.of(resource).#physical.attributeOf(resource, attribute);
  }

  /** The explicit name, or the one that CloudFormation makes. */
  nameOf(resource: Resource): string {
    return this.of(resource).#physical.nameOf(resource);
  }

  #madeBySam(name: string, line: number): Node | undefined {
    const maker = this.#index.makerOf(name);
    if (!maker) return undefined;
    const why =
      maker.type === LOOP_TYPE
        ? `the loop ${localIdOf(maker.logicalId)}, which may make it, is over what isn't known`
        : `SAM makes it from ${localIdOf(maker.logicalId)}, and ${maker.type} is not emulated`;
    return unknown(line, { name, why, option: `--value ${this.#pathTo(name)}=value` });
  }

  /** The unknown name of a resource; undefined for one that can be named. */
  #unknownName(resource: Resource, line: number): Node | undefined {
    const property = this.kinds.get(resource.type)?.nameProperty;
    const node = property === undefined ? undefined : resource.properties.entries.get(property);
    const missing = node && missingIn(evaluate(node, this, silently))?.missing;
    return missing && unknown(line, missing);
  }
}

/** A stack as a resource of another one. */
export const NESTED_STACK = 'AWS::CloudFormation::Stack';

function givenTo(given: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

/** Finds what is stored where the template is read: in the loop that runs, or else among what a developer gives. */
export function storedLookup({ stored, given }: Pick<ReadPlace, 'stored' | 'given'>): StoredLookup {
  return stored ?? lookupIn(given?.stored ?? { parameters: {}, secrets: {} });
}
