import type { AlarmState } from '../aws/alarm.ts';

/** CloudWatch and X-Ray keep lines, metrics and traces; alarms change. */
export type TelemetryFact =
  | {
      kind: 'log';
      functionName: string;
      /** Absent for lines of the initialisation. */
      requestId?: string;
      line: string;
      source: 'function' | 'platform';
      /** CloudWatch keeps it here: in the function's group, and its environment's stream. */
      logGroup: string;
      logStream: string;
      /** Epoch milliseconds. */
      timestamp: number;
    }
  /** Told once: from here on the oldest log lines give way to new ones. */
  | { kind: 'logs.full'; maxBytes: number }
  | {
      kind: 'alarm.changed';
      alarmName: string;
      oldState: AlarmState;
      newState: AlarmState;
      reason: string;
    }
  /** Alarms are not judged while a function stands at a breakpoint, and a minute after. Told once a pause. */
  | { kind: 'alarms.held'; functionName: string }
  /** An alarm's action for its new state could not be done. */
  | { kind: 'alarm.actionFailed'; alarmName: string; actionArn: string; reason: string }
  /** Metrics that are not yet too old had to go: there are more than the limit. Told once. */
  | { kind: 'metrics.dropped'; limit: string }
  /** From now on the oldest traces go: there are more than the limit. Told once. */
  | { kind: 'traces.dropped'; limit: string }
  /** A collector did not take spans that were to be sent on. Told once. */
  | { kind: 'spans.notSent'; url: string; reason: string };
