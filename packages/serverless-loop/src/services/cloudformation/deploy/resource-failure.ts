import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../aws/errors.ts';
import type { ResourceProblem, ResourceState } from '../../../template/deployment.ts';
import type { Stack } from '../../../template/model.ts';
import { localIdOf } from '../../../template/stack-path.ts';
import { STACK_TYPE } from '../stack-record.ts';
import { isStuckWithItsName, type ResourceChange } from './difference.ts';
import { NameTakenError } from './steps.ts';

/** The resources that ended an operation, in CloudFormation's words. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
  readonly logicalIds: readonly string[];

  constructor(logicalIds: readonly string[], verb: 'create' | 'update' | 'delete', options?: ErrorOptions) {
    super(`The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}]. `, options);
    this.logicalIds = logicalIds;
  }
}

/** CloudFormation's words for what is left when a stack is removed; one that is nested stands for what is left of it. */
export function failedToDelete(logicalIds: readonly string[]): string {
  const own = new Set(logicalIds.map((logicalId) => logicalId.split('/', 1)[0]));
  return `The following resource(s) failed to delete: [${[...own].join(', ')}]. `;
}

/** A resource that can't be made as it is written. */
class ResourceRefusal extends Error {
  override readonly name = 'ResourceRefusal';
}

/** Throws why a change can't be made, when that is known before anything is tried. */
export function refuseChange(
  change: Extract<ResourceChange, { after: ResourceState }>,
  problems: readonly ResourceProblem[],
  stack: Stack | undefined,
  unneeded: ReadonlySet<string>,
): void {
  const { logicalId } = change.after;
  const messages = problems
    .filter((problem) => problem.logicalId === logicalId)
    .map(({ message }) => message);
  // Of a nested stack it is its template that is wrong, and not what is said of it here.
  if (messages.length > 0 && change.after.type === STACK_TYPE) throw new ResourceRefusal(messages.join('; '));
  if (messages.length > 0)
    throw new ResourceRefusal(
      `Properties validation failed for resource ${localIdOf(logicalId)} with message: ${messages.join('; ')}`,
    );
  if (isStuckWithItsName(change))
    throw new ResourceRefusal(
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${change.after.physicalId} and update the stack again.`,
    );
  const report = stack?.resources.find((resource) => resource.logicalId === logicalId);
  const isMissing = report?.status === 'not emulated' || report?.status === 'unavailable';
  if (isMissing && !unneeded.has(logicalId))
    throw new ResourceRefusal(`The loop can't make this resource: ${report.reason}`);
}

/** Words a failure for an event, as CloudFormation's handlers put it. */
export function failureReason(error: unknown, { type }: ResourceState): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ResourceRefusal) return message;
  const token = (code: string) => `(RequestToken: ${randomUUID()}, HandlerErrorCode: ${code})`;
  if (error instanceof NameTakenError)
    return `Resource of type '${type}' with identifier '${error.takenName}' already exists. ${token('AlreadyExists')}`;
  const code = error instanceof AwsError && error.status < 500 ? 'InvalidRequest' : 'GeneralServiceException';
  return `Resource handler returned message: "${message}" ${token(code)}`;
}

/** Tells the parts of a resource that the loop leaves out. */
export function remarkOn(logicalId: string, stack: Stack | undefined): string | undefined {
  const remarks = (stack?.resources ?? []).flatMap((report) =>
    report.reason !== undefined &&
    (report.logicalId === logicalId || report.logicalId.startsWith(`${logicalId}.`))
      ? [`${report.status}, ${report.reason}`]
      : [],
  );
  return remarks.length === 0 ? undefined : `The loop: ${remarks.join('; ')}`;
}
