import { randomUUID } from 'node:crypto';
import type { Report } from '../../../facts.ts';
import type { ResourceState } from '../../../template/deployment.ts';
import {
  type ResourceStatus,
  STACK_TYPE,
  type StackRecord,
  type StackResource,
  type StackStatus,
} from '../stack-record.ts';

/** A resource as events know it. */
export interface Subject {
  logicalId: string;
  type: string;
  /** Absent until it is made. */
  physicalId?: string;
  /** JSON. */
  properties: string;
  /** JSON; absent when it has none. */
  metadata?: string;
}

export function subjectOf({ logicalId, type, physicalId, shown, metadata }: ResourceState): Subject {
  return {
    logicalId,
    type,
    physicalId,
    properties: JSON.stringify(shown()),
    ...(metadata !== undefined && { metadata: JSON.stringify(metadata) }),
  };
}

/** The resource before it is made. */
export function unmade({ physicalId: _, ...subject }: Subject): Subject {
  return subject;
}

/** Writes down what happens to a stack, in its record and its events. */
export interface EventLog {
  stack(status: StackStatus, reason?: string): void;
  resource(subject: Subject, status: ResourceStatus, reason?: string): void;
}

export function eventLog(record: StackRecord, report: Report, now: () => number = Date.now): EventLog {
  /** Each is younger than the one before by a millisecond at least: tools ask for what came after the last that they saw. */
  function nextTime(): number {
    const last = record.events.at(-1)?.at ?? 0;
    return Math.max(now(), last + 1);
  }

  return {
    stack(status, reason) {
      const at = nextTime();
      record.status = status;
      if (reason === undefined) delete record.statusReason;
      else record.statusReason = reason;
      record.events.push({
        id: randomUUID(),
        logicalId: record.name,
        physicalId: record.id,
        type: STACK_TYPE,
        at,
        status,
        ...(reason !== undefined && { statusReason: reason }),
      });
      report({
        kind: 'stack.status',
        stackName: record.name,
        status,
        ...(reason !== undefined && { reason }),
      });
    },
    resource({ logicalId, type, physicalId, properties, metadata }, status, reason) {
      const at = nextTime();
      const known = {
        logicalId,
        type,
        ...(physicalId !== undefined && { physicalId }),
        at,
        status,
        ...(reason !== undefined && { statusReason: reason }),
      };
      const id = `${logicalId}-${status}-${new Date(at).toISOString()}`;
      record.events.push({ id, ...known, properties });
      keepResource(record, { ...known, ...(metadata !== undefined && { metadata }) });
    },
  };
}

/** Keeps the resource's latest state; the end of one that another has replaced says nothing of that one. */
function keepResource(record: StackRecord, resource: StackResource): void {
  const index = record.resources.findIndex(({ logicalId }) => logicalId === resource.logicalId);
  const known = record.resources[index];
  if (!known) record.resources.push(resource);
  else if (!resource.status.startsWith('DELETE_') || known.physicalId === resource.physicalId)
    record.resources[index] = resource;
}
