import type { Picture } from './picture.ts';
import { shellEnvironment, typed } from './shell.ts';

const LINE = 'npm run -s demo -- --failure';
const TITLE = 'npm run demo -- --failure';

/** As wide as GitHub shows a README, and as a telephone does. */
const WIDTHS = { failure: 78, 'failure-narrow': 44 } as const;

/** Rows that come at once are still read one after the other; nobody waits longer for one than this. */
const MIN_MS = 140;
const MAX_MS = 2_000;
/** The line stands there before anything comes. */
const BEFORE_MS = 900;

/** An event that fails, is tried again, ends in the queue of failures and is sent again: as it went, and as it ended. */
export async function failureStory(draw: (picture: Picture) => void): Promise<void> {
  for (const [name, columns] of Object.entries(WIDTHS)) {
    const { output, appearMs } = await recorded(columns);
    draw({ name, title: TITLE, output, columns, appearMs });
    if (name === 'failure') draw({ name: 'failure-still', title: TITLE, output, columns });
  }
}

/** Records what the terminal showed, and when each row came. */
async function recorded(columns: number): Promise<{ output: string; appearMs: number[] }> {
  const cameMs = [0];
  const startMs = performance.now();
  const shown = await typed(LINE, shellEnvironment(columns), (chunk) => {
    const rows = chunk.split('\n').length - 1;
    for (let row = 0; row < rows; row += 1) cameMs.push(performance.now() - startMs);
  });
  const output = `\u001b[1m$ ${LINE}\u001b[22m\n${shown}`;
  return { output, appearMs: readably(cameMs) };
}

function readably(cameMs: readonly number[]): number[] {
  let at = 0;
  return cameMs.map((ms, index) => {
    if (index === 0) return 0;
    const waitMs = ms - (cameMs[index - 1] ?? 0);
    at += index === 1 ? BEFORE_MS : Math.min(MAX_MS, Math.max(MIN_MS, waitMs));
    return Math.round(at);
  });
}
