import { type Place, parseArn } from '../../aws/arn.ts';
import type { Receiver } from '../../aws/delivery.ts';
import { AwsError } from '../../aws/errors.ts';
import type { LazyJsonService } from '../../aws/operation.ts';
import { jsonService } from '../../aws/service.ts';
import type { Report } from '../../facts.ts';
import type { LogGroupModel } from '../../template/model.ts';
import { functionLogs } from './function-logs.ts';
import { logStore } from './log-store.ts';

export interface LogsOptions {
  place: Place;
  groups: LogGroupModel[];
  report: Report;
  /** Tells whether a function's role lets Lambda do this for it. */
  mayWrite(functionName: string, action: string, resource: string): boolean;
  /** The most that is kept of all groups together. */
  maxBytes?: number;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** Takes events for log groups. */
export interface Logs extends Receiver {
  service: LazyJsonService;
  /** Takes every fact and keeps the log lines. */
  observe: Report;
  /** Empties every group. */
  clear(): void;
  /** For stacks that come, change and go while the loop runs. */
  groups: {
    has(name: string): boolean;
    /** Makes a group, or gives it other settings and keeps what it holds. */
    put(model: LogGroupModel): void;
    remove(name: string): void;
  };
}

/** The stream of events that services send to a group. AWS draws its name. */
const DELIVERED = 'delivered';

const MAX_BYTES = 8 * 1024 * 1024;

/** CloudWatch Logs: what functions log, the newest of it, and what clients put there. */
export function startLogs(options: LogsOptions): Logs {
  const { place, report, maxBytes = MAX_BYTES, now = Date.now } = options;
  const store = logStore({ maxBytes, now, onFull: () => report({ kind: 'logs.full', maxBytes }) });
  const keep = functionLogs({ store, place, mayWrite: options.mayWrite });

  function put({ logicalId: _, ...model }: LogGroupModel): void {
    const { creationTime, streams } = store.groups.get(model.name) ?? {};
    store.addGroup({
      ...model,
      ...(creationTime !== undefined && { creationTime }),
      ...(streams && { streams }),
    });
  }

  for (const model of options.groups) put(model);

  return {
    service: {
      title: 'CloudWatch Logs',
      targetPrefix: 'Logs_20140328',
      signingName: 'logs',
      load: async () => jsonService((await import('./service.ts')).LOGS, { store, place }),
    },
    receive(groupArn, { body, logStream = DELIVERED, atMs = now() }) {
      const [, name = ''] = /^log-group:([^:]+)/.exec(parseArn(groupArn)?.resource ?? '') ?? [];
      const group = store.groups.get(name);
      if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      const stream = group.streams.get(logStream) ?? store.addStream(group, logStream);
      store.addEvent(stream, atMs, body);
    },
    observe(fact) {
      if (fact.kind === 'log') keep(fact);
    },
    clear: store.empty,
    groups: {
      has: (name) => store.groups.has(name),
      put,
      remove: store.removeGroup,
    },
  };
}
