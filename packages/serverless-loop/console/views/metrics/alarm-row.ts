import type { Meaning } from '../../parts/state-word.tsx';

/** An alarm, as `GET /_loop/alarms` answers. */
export interface Alarm {
  name: string;
  logicalId?: string;
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  reason: string;
  changedAt?: string;
  description?: string;
  metric?: string;
  condition: string;
}

const WORDS: Readonly<Record<Alarm['state'], readonly [Meaning, string]>> = {
  ALARM: ['bad', 'ALARM'],
  OK: ['good', 'OK'],
  INSUFFICIENT_DATA: ['quiet', 'no data'],
};

export function alarmWord(state: Alarm['state']): { meaning: Meaning; word: string } {
  const [meaning, word] = WORDS[state];
  return { meaning, word };
}

/** Those that ring first. */
export function ringingFirst(alarms: readonly Alarm[]): Alarm[] {
  const order = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];
  const rank = ({ state }: Alarm) => (state === 'ALARM' ? 0 : 1);
  return alarms.toSorted(
    (one, other) => rank(one) - rank(other) || order.indexOf(other.state) - order.indexOf(one.state),
  );
}
