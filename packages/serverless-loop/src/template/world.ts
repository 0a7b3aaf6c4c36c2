import { dirname } from 'node:path';
import { formatArn } from '../aws/arn.ts';
import type { DeploymentContext } from './deployment.ts';
import type { Attachment } from './model.ts';
import { didYouMean } from './nearest.ts';
import type { Complain, Problems } from './problems.ts';
import { Properties } from './properties.ts';
import { Reports } from './reports.ts';
import type { Resource } from './resource.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { ResourceScope } from './resource-scope.ts';
import { resolveDynamic } from './values/dynamic-references.ts';
import { evaluate } from './values/intrinsics.ts';
import { type Fields, missingIn, missingText, type Node } from './yaml/node.ts';

/** Properties of which the rest does without a part. */
const DISPENSABLE = new Set([
  'Description',
  'ManagedPolicyArns',
  'PermissionsBoundary',
  'Policies',
  'PolicyDocument',
  'Tags',
]);

/** All that the reader of one resource needs to know of the others. */
export class World {
  /** Of every resource of the tree of stacks, by the logical ids that lead to it. */
  readonly index: ResourceIndex;
  readonly scope: ResourceScope;
  readonly problems: Problems;
  /** Absent for the template that the loop was started with. */
  readonly deployment: DeploymentContext | undefined;
  readonly reports = new Reports();
  readonly attachments: Attachment[] = [];
  /** Absolute paths of the files beside the templates that resources name. */
  readonly files: string[] = [];
  readonly #names = new Map<string, Resource>();
  readonly #evaluatedProperties = new Map<Resource, Fields>();

  constructor(
    index: ResourceIndex,
    scope: ResourceScope,
    problems: Problems,
    deployment?: DeploymentContext,
  ) {
    this.deployment = deployment;
    this.index = index;
    this.scope = scope;
    this.problems = problems;
  }

  /** The absolute folder of the template that a resource stands in. */
  folderOf(resource: Resource): string {
    return dirname(this.scope.of(resource).file);
  }

  /** Those of a type that can be read: nothing that they need is missing. */
  ofType(type: string): Resource[] {
    return this.declared(type).filter((resource) => this.#isAvailable(resource));
  }

  /** The same with those that are unavailable: they are there on AWS, and others may name them. */
  declared(type: string): Resource[] {
    return this.index.all.filter((resource) => resource.type === type && !resource.notEmulated);
  }

  /** Models of all resources of a type, but for those that the reader finds not to be emulated. */
  each<Model>(type: string, read: (resource: Resource, world: World) => Model | undefined): Model[] {
    return this.ofType(type).flatMap((resource) => {
      const model = read(resource, this);
      return model === undefined || this.reports.isUnavailable(resource) ? [] : [model];
    });
  }

  /** The properties worked out, after a check that the type has no others than `known`. */
  read(resource: Resource, known: readonly string[]): Properties {
    const complain = this.problems.about(resource.logicalId);
    const node = this.#evaluated(resource);
    const giveUp: Complain = (line, message) => this.reports.unavailable(resource, line, message);
    // CloudFormation finds it, too, when it comes to make the resource.
    const properties = new Properties(
      { ...node, line: resource.line },
      complain,
      '',
      this.deployment ? complain : giveUp,
    );
    properties.allowOnly(known);
    return properties;
  }

  #evaluated(resource: Resource): Fields {
    const known = this.#evaluatedProperties.get(resource);
    if (known) return known;
    const scope = this.scope.of(resource);
    const written = evaluate(resource.properties, scope, this.problems.about(resource.logicalId));
    const evaluated = this.#withStoredValues(resource, written);
    const node: Fields =
      evaluated.kind === 'fields' ? evaluated : { ...resource.properties, entries: new Map() };
    const unknown = evaluated.kind === 'unknown' && missingIn(evaluated);
    if (unknown) this.reports.unavailable(resource, unknown.line, missingText(unknown.missing));
    this.#evaluatedProperties.set(resource, node);
    this.#reportMissing(resource, node);
    return node;
  }

  #isAvailable(resource: Resource): boolean {
    if (resource.unavailable) return false;
    this.#evaluated(resource);
    return !this.reports.isUnavailable(resource);
  }

  /**
   * A value that can't be known makes its resource unavailable, but for two kinds of properties: those that the loop leaves out
   * anyway, and those of which a part can be done without, such as one statement of a policy, which is told by itself.
   */
  #reportMissing(resource: Resource, { entries }: Fields): void {
    const { leftOut = [], handsOn } = this.scope.kinds.get(resource.type) ?? {};
    const unread = new Set([...leftOut.map(([property]) => property), handsOn]);
    for (const [property, value] of entries) {
      const unknown = missingIn(value);
      if (!unknown || unread.has(property)) continue;
      const { line, missing } = unknown;
      if (DISPENSABLE.has(property))
        this.reports.part(
          resource,
          property,
          line,
          'unavailable',
          `${missingText(missing)}; what needs it is left out`,
        );
      else this.reports.unavailable(resource, line, `${property}: ${missingText(missing)}`);
    }
  }

  /** A reference to what is not known stays as it is written. */
  #withStoredValues(resource: Resource, node: Node): Node {
    return resolveDynamic(node, this.scope.of(resource).stored, ({ text, line, why }) =>
      this.reports.part(resource, text, line, 'not emulated', why),
    );
  }

  /** The resource's name, which must match the pattern and be the only one of its type. */
  name(resource: Resource, properties: Properties, property: string, pattern: RegExp): string {
    const name = this.scope.nameOf(resource);
    if (properties.has(property) && !pattern.test(name))
      properties.complain(
        property,
        `expected a name matching ${pattern.source}, found ${JSON.stringify(name)}`,
      );
    const key = `${resource.type} ${name}`;
    const other = this.#names.get(key);
    if (other) properties.complain(property, `the name ${name} is already that of ${other.logicalId}`);
    this.#names.set(key, resource);
    return name;
  }

  /** Reports which of the properties that the kind leaves out the resource has. */
  reportLeftOut(resource: Resource, properties: Properties): void {
    for (const [part, status, reason] of this.scope.kinds.get(resource.type)?.leftOut ?? [])
      if (properties.has(part)) this.reports.part(resource, part, properties.lineOf(part), status, reason);
  }

  /** Goes without a part of a resource, where something that it needs isn't there; a deployment fails as on AWS. */
  leaveOut(resource: Resource, part: string, properties: Properties, name: string, problem: string): void {
    if (this.deployment) properties.complain(name, problem);
    else this.reports.part(resource, part, properties.lineOf(name), 'unavailable', problem);
  }

  arn(resource: Resource): string {
    return this.scope.attributeOf(resource, 'Arn') ?? '';
  }

  /** True when another stack's resource of that name runs here; never, for the template that the loop was started with. */
  runsElsewhere(kind: 'function' | 'queue', name: string): boolean {
    const { place } = this.scope;
    const arn =
      kind === 'function' ? formatArn(place, 'lambda', `function:${name}`) : formatArn(place, 'sqs', name);
    return this.deployment?.runs(arn) === kind;
  }

  /** ` (did you mean …?)` over the names of all resources of a type. */
  suggestName(name: string, type: string): string {
    return didYouMean(
      name,
      this.declared(type).map((resource) => this.scope.nameOf(resource)),
    );
  }
}
