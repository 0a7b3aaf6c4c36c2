import type { ResourceReport } from './model.ts';
import type { Resource } from './resource.ts';
import type { ResourceScope } from './resource-scope.ts';

type Outcome = Pick<ResourceReport, 'status' | 'reason'> & { line?: number };

/** The file of a resource's template, as people are told of it; undefined for the template that no other holds. */
export type FileOf = (resource: Resource) => string | undefined;

/** Collects what the loop does with each resource, and with the parts of one that it treats apart. */
export class Reports {
  readonly #outcomes = new Map<Resource, Outcome>();
  readonly #parts = new Map<Resource, ResourceReport[]>();

  emulated(resource: Resource): void {
    if (!this.isUnavailable(resource)) this.#outcomes.set(resource, { status: 'emulated' });
  }

  /** Without effect, and without harm to what the functions do. */
  accepted(resource: Resource, reason: string): void {
    this.#outcomes.set(resource, { status: 'accepted', reason });
  }

  notEmulated(resource: Resource, reason: string): void {
    this.#outcomes.set(resource, { status: 'not emulated', reason });
  }

  /** Of what it needs something can't be known or isn't there; the line is that of what needs it. The first reason stands. */
  unavailable(resource: Resource, line: number, reason: string): void {
    if (!this.isUnavailable(resource)) this.#outcomes.set(resource, { status: 'unavailable', line, reason });
  }

  isUnavailable(resource: Resource): boolean {
    return this.#outcomes.get(resource)?.status === 'unavailable';
  }

  isEmulated(resource: Resource): boolean {
    return this.#outcomes.get(resource)?.status === 'emulated';
  }

  /** A part of an emulated resource that is not; reported as `<LogicalId>.<part>`. */
  part(
    resource: Resource,
    part: string,
    line: number,
    status: 'accepted' | 'not emulated' | 'unavailable',
    reason: string,
  ): void {
    const { logicalId, type } = resource;
    const parts = this.#parts.get(resource) ?? [];
    parts.push({
      logicalId: `${logicalId}.${part}`,
      type,
      physicalId: `${logicalId}.${part}`,
      line,
      madeFrom: resource.madeFrom ?? logicalId,
      status,
      reason,
    });
    this.#parts.set(resource, parts);
  }

  /** All, in the order of the resources; each followed by its parts. */
  list(resources: readonly Resource[], scope: ResourceScope, fileOf: FileOf): ResourceReport[] {
    return resources.flatMap((resource) => this.#reportsOf(resource, scope, fileOf(resource)));
  }

  #reportsOf(resource: Resource, scope: ResourceScope, file: string | undefined): ResourceReport[] {
    const place = file === undefined ? {} : { file };
    return [
      {
        logicalId: resource.logicalId,
        type: resource.type,
        physicalId: scope.physicalId(resource),
        line: resource.line,
        ...place,
        ...(resource.madeFrom !== undefined && { madeFrom: resource.madeFrom }),
        ...(this.#outcomes.get(resource) ?? untouched(resource, scope)),
      },
      ...(this.#parts.get(resource) ?? []).map((part) => ({ ...part, ...place })),
    ];
  }
}

function untouched(resource: Resource, { kinds }: ResourceScope): Outcome {
  if (resource.unavailable) return { status: 'unavailable', ...resource.unavailable };
  if (resource.notEmulated) return { status: 'not emulated', reason: resource.notEmulated };
  const reason = kinds.get(resource.type)?.withoutEffect;
  if (reason) return { status: 'accepted', reason };
  return { status: 'not emulated', reason: `${resource.type} is not emulated` };
}
