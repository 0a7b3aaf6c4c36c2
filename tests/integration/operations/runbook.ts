import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../unit/app/template.ts';

const PAGE = 'docs/operations.md';

/** The part of docs/operations.md about one alarm. */
export interface Part {
  lookAt: string;
  do: string;
}

/** The commands that the page has a reader type before anything else, of a loop. */
export function firstCommand(): string {
  const text = readFileSync(path.join(ROOT, PAGE), 'utf8');
  const [, command] = /^```sh\n(.*?) +#/m.exec(text) ?? [];
  if (command === undefined) throw new Error(`${PAGE} doesn't begin with a command`);
  return command;
}

/** The parts of all alarms, by the alarm's logical id. */
export function partsOfAlarms(): Map<string, Part> {
  const text = readFileSync(path.join(ROOT, PAGE), 'utf8');
  const [alarms = ''] = text.split(/^## /m);
  const parts = alarms.split(/^### /m).slice(1);
  return new Map(
    parts.map((part) => [
      part.slice(0, part.indexOf('\n')),
      { lookAt: bulletOf(part, 'Look at'), do: bulletOf(part, 'Do') },
    ]),
  );
}

/** The commands of one bullet, as they stand on the page. */
export function commandsOf(alarm: string, bullet: keyof Part): string[] {
  const text = partsOfAlarms().get(alarm)?.[bullet];
  if (text === undefined) throw new Error(`${PAGE} has no part ${alarm}`);
  return [...text.matchAll(/`((?:npm run|aws) [^`]+)`/g)].map(([, command = '']) => command);
}

function bulletOf(part: string, name: string): string {
  const [, text] = new RegExp(`^- \\*\\*${name}:\\*\\* (.*)$`, 'm').exec(part) ?? [];
  if (text === undefined) throw new Error(`${PAGE} doesn't say what to ${name}: ${part.slice(0, 40)}`);
  return text;
}
