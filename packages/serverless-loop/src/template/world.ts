import { formatArn } from '../aws/arn.ts';
import type { DeploymentContext } from './deployment.ts';
import type { Attachment } from './model.ts';
import { didYouMean } from './nearest.ts';
import type { Problems } from './problems.ts';
import { Properties } from './properties.ts';
import { Reports } from './reports.ts';
import type { Resource } from './resource.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { ResourceScope } from './resource-scope.ts';
import { evaluate } from './values/intrinsics.ts';
import type { Node } from './yaml/node.ts';

/** All that the reader of one resource needs to know of the others. */
export class World {
  /** Absolute folder of the template. */
  readonly folder: string;
  readonly index: ResourceIndex;
  readonly scope: ResourceScope;
  readonly problems: Problems;
  /** Absent for the template that the loop was started with. */
  readonly deployment: DeploymentContext | undefined;
  readonly reports = new Reports();
  readonly attachments: Attachment[] = [];
  readonly #names = new Map<string, Resource>();

  constructor(
    folder: string,
    index: ResourceIndex,
    scope: ResourceScope,
    problems: Problems,
    deployment?: DeploymentContext,
  ) {
    this.deployment = deployment;
    this.folder = folder;
    this.index = index;
    this.scope = scope;
    this.problems = problems;
  }

  ofType(type: string): Resource[] {
    return this.index.all.filter((resource) => resource.type === type && !resource.notEmulated);
  }

  /** Models of all resources of a type, but for those that the reader finds not to be emulated. */
  each<Model>(type: string, read: (resource: Resource, world: World) => Model | undefined): Model[] {
    return this.ofType(type).flatMap((resource) => read(resource, this) ?? []);
  }

  /** The properties worked out, after a check that the type has no others than `known`. */
  read(resource: Resource, known: readonly string[]): Properties {
    const complain = this.problems.about(resource.logicalId);
    const evaluated = evaluate(resource.properties, this.scope, complain);
    this.#reportDynamicReferences(resource, evaluated);
    const node = evaluated.kind === 'fields' ? evaluated : resource.properties;
    const properties = new Properties({ ...node, line: resource.line }, complain);
    properties.allowOnly(known);
    return properties;
  }

  /** `{{resolve:ssm:…}}` and the like, which AWS fills in from services that are not here. */
  #reportDynamicReferences(resource: Resource, node: Node): void {
    if (node.kind === 'list') for (const item of node.items) this.#reportDynamicReferences(resource, item);
    if (node.kind === 'fields')
      for (const value of node.entries.values()) this.#reportDynamicReferences(resource, value);
    const [reference] = (node.kind === 'scalar' && /\{\{resolve:[^}]*\}\}/.exec(node.text)) || [];
    if (reference)
      this.reports.part(
        resource,
        reference,
        node.line,
        'not emulated',
        'dynamic references stay as they are written',
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
      this.ofType(type).map((resource) => this.scope.nameOf(resource)),
    );
  }
}
