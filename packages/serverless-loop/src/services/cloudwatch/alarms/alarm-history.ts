import { DAY_MS } from '../../../aws/time-units.ts';
import type { AlarmRecord } from './alarm-record.ts';

/** One thing that happened to an alarm. */
export interface HistoryItem {
  alarmName: string;
  alarmType: 'MetricAlarm' | 'CompositeAlarm';
  /** Epoch milliseconds. */
  atMs: number;
  type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  summary: string;
  /** JSON. */
  data: string;
}

/** CloudWatch keeps two weeks. */
const AGE_MS = 14 * DAY_MS;
const MAX_ITEMS = 2_000;

/** The history of the alarms, oldest first: two weeks and so many items of it. */
export class AlarmHistory {
  #items: HistoryItem[] = [];

  add(item: HistoryItem): void {
    const keptFrom = item.atMs - AGE_MS;
    this.#items.push(item);
    if (this.#items.length > MAX_ITEMS || (this.#items[0]?.atMs ?? keptFrom) < keptFrom)
      this.#items = this.#items.filter(({ atMs }) => atMs >= keptFrom).slice(-MAX_ITEMS);
  }

  clear(): void {
    this.#items = [];
  }

  items(): readonly HistoryItem[] {
    return this.#items;
  }
}

export function historyItem(
  { model }: AlarmRecord,
  { data, ...rest }: Pick<HistoryItem, 'type' | 'summary' | 'atMs'> & { data: object },
): HistoryItem {
  return {
    alarmName: model.name,
    alarmType: model.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
    ...rest,
    data: JSON.stringify({ version: '1.0', ...data }),
  };
}
