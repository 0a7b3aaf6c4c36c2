import type { Report } from '../../../facts.ts';
import type { NestedStackModel } from '../../../template/model.ts';
import { localIdOf, stackPathOf } from '../../../template/stack-path.ts';
import type { StackRecord } from '../stack-record.ts';
import { type EventLog, eventLog } from './event-log.ts';
import type { HeldStack } from './held-stack.ts';
import { nestedRecord } from './nested-records.ts';
import { outputsOf, parametersOf } from './told-stack.ts';

/** Writes down what happens to a stack and to those that are nested in it, each in its own record. */
export interface TreeLog extends EventLog {
  has(path: string): boolean;
  /** Of a nested stack that has begun. */
  of(path: string): EventLog;
  /** Makes a nested stack known, unless it is. */
  begin(model: NestedStackModel): void;
  /** Makes its record say what its template does. */
  settle(model: NestedStackModel): void;
  /** Of a nested stack that goes: its name is free again. */
  forget(path: string): void;
}

/** `keep` puts a record among those that CloudFormation tells of. */
export function treeLog(held: HeldStack, report: Report, keep: (record: StackRecord) => void): TreeLog {
  const root = eventLog(held.record, report);
  const logs = new Map<string, EventLog>();

  function of(path: string): EventLog {
    const known = logs.get(path);
    const record = held.nested.get(path);
    const log = known ?? (record ? eventLog(record, report) : root);
    logs.set(path, log);
    return log;
  }

  return {
    stack: root.stack,
    resource(subject, status, reason) {
      const path = stackPathOf(subject.logicalId);
      const log = path === undefined ? root : of(path);
      log.resource({ ...subject, logicalId: localIdOf(subject.logicalId) }, status, reason);
    },
    has: (path) => held.nested.has(path),
    of,
    begin(model) {
      if (held.nested.has(model.path)) return;
      const record = nestedRecord(model, held);
      held.nested.set(model.path, record);
      keep(record);
    },
    settle(model) {
      const record = held.nested.get(model.path);
      if (!record) return;
      record.template = model.source;
      if (model.description === undefined) delete record.description;
      else record.description = model.description;
      record.parameters = parametersOf(model);
      record.outputs = outputsOf(model);
    },
    forget(path) {
      const record = held.nested.get(path);
      if (record) {
        record.deletedAt = Date.now();
        record.outputs = [];
      }
      held.nested.delete(path);
      logs.delete(path);
    },
  };
}
