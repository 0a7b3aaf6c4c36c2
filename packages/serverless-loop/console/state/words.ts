import { printable, printableLines } from '../../src/printable.ts';

/** The time that has passed, in few words: `now`, `12 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function ago(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1_000);
  if (seconds < 1) return seconds < -1 ? `in ${spanOf(-seconds)}` : 'now';
  return `${spanOf(seconds)} ago`;
}

function spanOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** An id by its beginning; a name as it is. */
export function shortId(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{20,}$|^1-[0-9a-f]{8}-[0-9a-f]{24}$|^[0-9a-f]{16,}$/.test(id)
    ? `${id.slice(0, 8)}…`
    : id;
}

/** The characters of a text that are drawn; a text of a megabyte would keep the page busy for nothing. */
const MAX_SHOWN = 20_000;

/** A text of unknown origin, for a place with room: its lines, nothing hidden or turned, and how much was left out. */
export function shownText(text: string): { text: string; leftOut: number } {
  const kept = text.slice(0, MAX_SHOWN);
  return { text: printableLines(kept), leftOut: text.length - kept.length };
}

/** The same for a row of a list. */
export function shownInRow(text: string): string {
  return printable(text, 300);
}

/** `1.2 s`, `340 ms`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.floor((ms % 60_000) / 1_000)} s`;
}
