import { ownName, type Schedule } from '../../loop/schedules.ts';
import { printable } from '../../printable.ts';

/** A row a schedule: the name to tell it by, its expression, and other names that it has. */
export function scheduleRows(schedules: readonly Schedule[]): string[] {
  const names = schedules.map((schedule) => printable(ownName(schedule)));
  const expressions = schedules.map(({ expression }) => printable(expression));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  return schedules.map((schedule, at) => {
    const { name, eventName } = schedule;
    const others = [name, eventName].filter((other) => other !== undefined && other !== ownName(schedule));
    const columns = [names[at]?.padEnd(widest(names)), expressions[at]?.padEnd(widest(expressions))];
    return [...columns, printable(others.join(', '))].join('  ').trimEnd();
  });
}
