import type { AlarmModel, AlarmState } from '../../../aws/alarm.ts';
import { parseArn } from '../../../aws/arn.ts';
import { MINUTE_MS } from '../../../aws/time-units.ts';
import type { MetricStore } from '../metric-store.ts';
import { AlarmActor, type AlarmActorOptions } from './alarm-actor.ts';
import { AlarmHistory, type HistoryItem, historyItem } from './alarm-history.ts';
import type { AlarmRecord } from './alarm-record.ts';
import { evaluateComposite } from './composite-alarm.ts';
import { evaluateMetricAlarm, periodOf } from './metric-alarm.ts';
import { alarmJson } from './render-alarm.ts';
import { type AlarmRule, alarmsIn, parseAlarmRule } from './rule.ts';

export interface AlarmBookOptions extends Omit<AlarmActorOptions, 'history'> {
  store: MetricStore;
}

interface NewState {
  state: AlarmState;
  reason: string;
  reasonData?: string;
}

/** The alarms, their states and what happened to them. */
export class AlarmBook {
  readonly history = new AlarmHistory();
  readonly #alarms = new Map<string, AlarmRecord>();
  readonly #rules = new Map<string, AlarmRule>();
  /** Composite alarms whose state was set by hand, with the states that their children had then. */
  readonly #held = new WeakMap<AlarmRecord, string>();
  readonly #options: AlarmBookOptions;
  readonly #actor: AlarmActor;

  constructor(options: AlarmBookOptions) {
    this.#options = options;
    this.#actor = new AlarmActor({ ...options, history: this.history });
  }

  list(): AlarmRecord[] {
    return [...this.#alarms.values()];
  }

  find(nameOrArn: string): AlarmRecord | undefined {
    const name = parseArn(nameOrArn)?.resource.replace(/^alarm:/, '') ?? nameOrArn;
    return this.#alarms.get(name);
  }

  /** Makes an alarm, or gives one another configuration; its state stays. */
  put(model: AlarmModel, atMs = this.#options.now()): void {
    const existing = this.#alarms.get(model.name);
    const record: AlarmRecord = existing
      ? { ...existing, model, configuredAtMs: atMs }
      : {
          model,
          state: 'INSUFFICIENT_DATA',
          reason: 'Unchecked: Initial alarm creation',
          configuredAtMs: atMs,
          stateUpdatedAtMs: atMs,
          transitionedAtMs: atMs,
        };
    this.#alarms.set(model.name, record);
    if (model.kind === 'composite') this.#rules.set(model.name, parseAlarmRule(model.rule));
    const summary = `Alarm "${model.name}" ${existing ? 'updated' : 'created'}`;
    this.#note(record, 'ConfigurationUpdate', summary, {
      type: existing ? 'Update' : 'Create',
      [existing ? 'updatedAlarm' : 'createdAlarm']: alarmJson(record),
    });
  }

  delete(name: string): void {
    const record = this.#alarms.get(name);
    if (!record) return;
    this.#note(record, 'ConfigurationUpdate', `Alarm "${name}" deleted`, {
      type: 'Delete',
      deletedAlarm: alarmJson(record),
    });
    this.#alarms.delete(name);
    this.#rules.delete(name);
  }

  /** Leaves all alarms as they were when they were made: without data, and nothing happened to them. */
  reset(): void {
    const models = this.list().map(({ model }) => model);
    this.#alarms.clear();
    this.history.clear();
    for (const model of models) this.put(model);
  }

  /** The alarms that a composite one is about. */
  childrenOf(composite: AlarmRecord): AlarmRecord[] {
    const rule = this.#rules.get(composite.model.name);
    return rule ? [...new Set(alarmsIn(rule))].flatMap((alarm) => this.find(alarm) ?? []) : [];
  }

  /** Judges every alarm at the end of a period, those whose periods are shorter than a minute at each, the others at whole minutes. */
  evaluate(endMs: number): void {
    const nowMs = this.#options.now();
    for (const record of this.list()) {
      const { model } = record;
      if (model.kind !== 'metric' || (endMs % MINUTE_MS !== 0 && periodOf(model) >= 60)) continue;
      const evaluation = evaluateMetricAlarm(model, this.#options.store, { endMs, nowMs });
      if (evaluation) this.#change(record, evaluation);
    }
    this.#judgeComposites();
  }

  /**
   * Sets a state by hand. It holds until the next evaluation, that of a composite alarm until one of its children changes
   * (API reference, "SetAlarmState").
   */
  setState(record: AlarmRecord, newState: NewState): void {
    if (record.model.kind === 'composite') this.#held.set(record, this.#childStates(record));
    this.#change(record, newState);
    this.#judgeComposites();
  }

  #childStates(composite: AlarmRecord): string {
    return this.childrenOf(composite)
      .map(({ model, state }) => `${model.name}: ${state}`)
      .join('\n');
  }

  /** Resolves when every action so far is done. */
  acted(): Promise<void> {
    return this.#actor.done();
  }

  /** Children first. Alarms that go by each other in a circle are judged once each (guide: their evaluation stops). */
  #judgeComposites(): void {
    const judged = new Set<AlarmRecord>();
    const judge = (record: AlarmRecord): void => {
      const { model } = record;
      const rule = this.#rules.get(model.name);
      if (model.kind !== 'composite' || !rule || judged.has(record)) return;
      judged.add(record);
      const children = this.childrenOf(record);
      for (const child of children) judge(child);
      if (this.#held.get(record) === this.#childStates(record)) return;
      this.#held.delete(record);
      const evaluation = evaluateComposite(record, rule, { children, find: (alarm) => this.find(alarm) });
      if (evaluation) this.#change(record, evaluation, evaluation.trigger);
    };
    for (const record of this.list()) judge(record);
  }

  #change(record: AlarmRecord, { state, reason, reasonData }: NewState, trigger?: AlarmRecord): void {
    const old = { ...record };
    const nowMs = this.#options.now();
    record.state = state;
    record.reason = reason;
    record.stateUpdatedAtMs = nowMs;
    delete record.reasonData;
    if (reasonData !== undefined) record.reasonData = reasonData;
    if (old.state === state) return;
    record.transitionedAtMs = nowMs;
    const { name } = record.model;
    this.#options.report({
      kind: 'alarm.changed',
      alarmName: name,
      oldState: old.state,
      newState: state,
      reason,
    });
    this.#note(record, 'StateUpdate', `Alarm updated from ${old.state} to ${state}`, {
      oldState: stateData(old),
      newState: stateData(record),
    });
    const { actions } = record.model;
    if (!actions.areEnabled) return;
    const change = { alarm: { ...record }, oldState: old.state, ...(trigger && { trigger: { ...trigger } }) };
    for (const action of actions.on[state]) this.#actor.act(action, change);
  }

  #note(record: AlarmRecord, type: HistoryItem['type'], summary: string, data: object): void {
    this.history.add(historyItem(record, { type, summary, data, atMs: this.#options.now() }));
  }
}

function stateData({ state, reason, reasonData }: AlarmRecord) {
  return {
    stateValue: state,
    stateReason: reason,
    ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) }),
  };
}
