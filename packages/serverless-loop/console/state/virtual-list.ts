/** The part of a list that is drawn: all rows are of one height, so that ten thousand cost as little as ten. */
export interface Window {
  /** The rows from `first` up to, but not with, `end`. */
  first: number;
  end: number;
  /** Empty space that stands for the rows above and below. */
  abovePx: number;
  belowPx: number;
}

export interface Scrolled {
  count: number;
  rowPx: number;
  /** The height of the part of the page that shows the list. */
  viewPx: number;
  topPx: number;
}

/** Rows that are drawn beyond each edge, so that a quick turn of the wheel shows no white. */
const OVERSCAN = 8;

export function windowOf({ count, rowPx, viewPx, topPx }: Scrolled): Window {
  const top = clamp(topPx, 0, Math.max(0, count * rowPx - viewPx));
  const first = clamp(Math.floor(top / rowPx) - OVERSCAN, 0, count);
  const end = clamp(Math.ceil((top + viewPx) / rowPx) + OVERSCAN, first, count);
  return { first, end, abovePx: first * rowPx, belowPx: (count - end) * rowPx };
}

/** The way that a list grows: `newest first` shows what comes at its top, as events; `newest last` at its end, as logs. */
export type Growth = 'newest first' | 'newest last';

/** A reader at the growing edge follows what comes; anybody else reads, and the rows before their eyes stay where they are. */
export function isFollowing({ count, rowPx, viewPx, topPx }: Scrolled, growth: Growth): boolean {
  const gapPx = growth === 'newest first' ? topPx : count * rowPx - viewPx - topPx;
  return gapPx < rowPx;
}

/** Rows that came at the growing edge and went at the other one. */
export interface Change {
  added: number;
  gone: number;
}

/** The place to scroll to after a change, so that a reader who follows sees the newest, and one who reads the same rows. */
export function placeAfter(before: Scrolled, { added, gone }: Change, growth: Growth): number {
  const { count, rowPx, viewPx, topPx } = before;
  const mostPx = Math.max(0, (count + added - gone) * rowPx - viewPx);
  const follows = isFollowing(before, growth);
  if (growth === 'newest first') return follows ? 0 : clamp(topPx + added * rowPx, 0, mostPx);
  return follows ? mostPx : clamp(topPx - gone * rowPx, 0, mostPx);
}

/** The place to scroll to for a row to be seen whole, which is the same place where it is seen already. */
export function placeToSee(row: number, { count, rowPx, viewPx, topPx }: Scrolled): number {
  const rowTopPx = clamp(row, 0, Math.max(0, count - 1)) * rowPx;
  if (rowTopPx < topPx) return rowTopPx;
  const rowEndPx = rowTopPx + rowPx;
  return rowEndPx > topPx + viewPx ? rowEndPx - viewPx : topPx;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
