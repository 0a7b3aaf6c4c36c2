import {
  type ComponentChildren,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from '../preact.ts';
import { type Growth, isFollowing, placeAfter, type Scrolled, windowOf } from '../state/virtual-list.ts';
import { useSize } from './use-size.ts';

/** A column of a list. */
export interface Column<Row> {
  name: string;
  /** Of CSS grid: `80px`, `minmax(0, 2fr)`. */
  width: string;
  /** The least width of the list, in pixels, at which the column is shown. */
  from?: number;
  isNumber?: boolean;
  cell(row: Row): ComponentChildren;
}

export interface RowsProps<Row> {
  /** For assistive technology. */
  label: string;
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** The address that a row opens. */
  hrefOf(row: Row): string;
  /** The first one is the row's link, and shown at every width. */
  columns: readonly Column<Row>[];
  /** The key of the row that is opened. */
  chosen?: string | undefined;
  growth?: Growth;
  /** Told when a reader leaves the growing edge, and when they come back. */
  onFollowing?(follows: boolean): void;
  /** The line below the list: of what it doesn't show. */
  end?: ComponentChildren;
  empty: ComponentChildren;
}

/** A list of any length, of which only the rows before the reader's eyes are drawn. */
export function Rows<Row>({
  label,
  rows,
  keyOf,
  hrefOf,
  columns,
  chosen,
  growth = 'newest first',
  onFollowing,
  end,
  empty,
}: RowsProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const [topPx, setTopPx] = useState(0);
  const rowPx = matchMedia('(pointer: coarse)').matches ? 44 : 32;
  const scrolled: Scrolled = { count: rows.length, rowPx, viewPx: height, topPx };
  const { first, end: last, abovePx, belowPx } = windowOf(scrolled);
  usePlace({ scroller, rows, keyOf, scrolled, growth });
  useFocusBack(scroller, chosen);

  const onScroll = useCallback(() => {
    const place = scroller.current?.scrollTop ?? 0;
    setTopPx(place);
    onFollowing?.(isFollowing({ count: rows.length, rowPx, viewPx: height, topPx: place }, growth));
  }, [rows.length, rowPx, height, growth, onFollowing]);

  const shown = columns.filter(({ from = 0 }) => width === 0 || width >= from);
  const template = { gridTemplateColumns: shown.map((column) => column.width).join(' ') };
  const isEmpty = rows.length === 0;
  return (
    <div class="list">
      {!isEmpty && (
        <div class="list-head" style={template} aria-hidden="true">
          {shown.map(({ name, isNumber }) => (
            <span key={name} class={isNumber ? 'number' : undefined}>
              {name}
            </span>
          ))}
        </div>
      )}
      <div class="list-scroll" ref={scroller} onScroll={onScroll}>
        {isEmpty && empty}
        <ul aria-label={label} style={{ paddingTop: `${abovePx}px`, paddingBottom: `${belowPx}px` }}>
          {rows.slice(first, last).map((row) => {
            const key = keyOf(row);
            return (
              <li key={key} class={key === chosen ? 'list-row chosen' : 'list-row'} style={template}>
                {shown.map(({ name, isNumber, cell }, at) => (
                  <div key={name} class={isNumber ? 'number' : undefined}>
                    {at > 0 ? (
                      cell(row)
                    ) : (
                      <a href={hrefOf(row)} data-row={key} aria-current={key === chosen ? 'true' : undefined}>
                        {cell(row)}
                      </a>
                    )}
                  </div>
                ))}
              </li>
            );
          })}
        </ul>
      </div>
      {end !== undefined && <div class="list-end">{end}</div>}
    </div>
  );
}

/** Gives the focus back to the row of what was opened, once that is closed and nothing else has the focus. */
function useFocusBack(scroller: { current: HTMLDivElement | null }, chosen: string | undefined): void {
  const before = useRef(chosen);
  useEffect(() => {
    const closed = before.current;
    before.current = chosen;
    if (closed === undefined || chosen !== undefined || document.activeElement !== document.body) return;
    const links = scroller.current?.querySelectorAll<HTMLElement>('a[data-row]') ?? [];
    [...links].find((link) => link.dataset.row === closed)?.focus({ preventScroll: true });
  }, [scroller, chosen]);
}

/** Keeps the same rows before a reader's eyes, or the newest before one who follows. */
function usePlace<Row>({
  scroller,
  rows,
  keyOf,
  scrolled,
  growth,
}: Pick<RowsProps<Row>, 'rows' | 'keyOf'> & {
  scroller: { current: HTMLDivElement | null };
  scrolled: Scrolled;
  growth: Growth;
}): void {
  const before = useRef<{ rows: readonly Row[]; scrolled: Scrolled } | undefined>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    const known = before.current;
    before.current = { rows, scrolled };
    if (!element || known?.rows === rows) return;
    const then = known?.scrolled ?? { ...scrolled, count: 0 };
    const added = growth === 'newest first' ? placeOf(rows, known?.rows[0], keyOf) : 0;
    const gone = growth === 'newest last' && known ? placeOf(known.rows, rows[0], keyOf) : 0;
    const change =
      growth === 'newest first' ? { added, gone: 0 } : { added: rows.length - then.count + gone, gone };
    const place = placeAfter(
      { ...then, viewPx: element.clientHeight, topPx: element.scrollTop },
      change,
      growth,
    );
    if (place !== element.scrollTop) element.scrollTop = place;
  });
}

/** The place of a row that may have gone, which counts as the first. */
function placeOf<Row>(rows: readonly Row[], row: Row | undefined, keyOf: (row: Row) => string): number {
  if (row === undefined) return 0;
  const key = keyOf(row);
  return Math.max(
    0,
    rows.findIndex((each) => keyOf(each) === key),
  );
}
