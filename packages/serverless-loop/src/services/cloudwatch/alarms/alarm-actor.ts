import type { Report } from '../../../facts.ts';
import { type AlarmHistory, historyItem } from './alarm-history.ts';
import type { StateChange } from './alarm-record.ts';

export interface AlarmActorOptions {
  history: AlarmHistory;
  now: () => number;
  report: Report;
  /** Does what the alarm has for its new state. Rejects when that fails. */
  act(actionArn: string, change: StateChange): Promise<void>;
}

/** Does what alarms have for their new states, one after the other, and notes how it went. */
export class AlarmActor {
  readonly #options: AlarmActorOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: AlarmActorOptions) {
    this.#options = options;
  }

  act(actionArn: string, change: StateChange): void {
    this.#last = this.#last.then(() => this.#act(actionArn, change));
  }

  /** Resolves when every action so far is done. */
  done(): Promise<void> {
    return this.#last;
  }

  async #act(actionArn: string, change: StateChange): Promise<void> {
    const { act, report } = this.#options;
    try {
      await act(actionArn, change);
      this.#note(change, `Successfully executed action ${actionArn}`, { actionState: 'Succeeded' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const summary = `Failed to execute action ${actionArn}. Received error: "${reason}"`;
      this.#note(change, summary.slice(0, 255), { actionState: 'Failed', error: reason });
      report({ kind: 'alarm.actionFailed', alarmName: change.alarm.model.name, actionArn, reason });
    }
  }

  #note({ alarm }: StateChange, summary: string, outcome: object): void {
    const data = { ...outcome, stateUpdateTimestamp: alarm.stateUpdatedAtMs };
    this.#options.history.add(
      historyItem(alarm, { type: 'Action', summary, data, atMs: this.#options.now() }),
    );
  }
}
