import type { AlarmModel, AlarmState } from '../../../aws/alarm.ts';

/** An alarm and the state it is in. */
export interface AlarmRecord {
  model: AlarmModel;
  state: AlarmState;
  reason: string;
  /** JSON. */
  reasonData?: string;
  /** Epoch milliseconds. */
  configuredAtMs: number;
  stateUpdatedAtMs: number;
  transitionedAtMs: number;
}

/** An alarm that changed its state, for whoever acts on it. */
export interface StateChange {
  alarm: AlarmRecord;
  oldState: AlarmState;
  /** Of a composite alarm: the one whose change made it change. */
  trigger?: AlarmRecord;
}
