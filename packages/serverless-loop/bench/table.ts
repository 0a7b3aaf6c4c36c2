import { type Figure, type Limit, type Measure, type Result, ratioOf, reached } from './figure.ts';

const HEADINGS = ['figure', 'measured', 'p99', 'reference', 'ratio', 'target', 'reached'];

export interface FigureResults {
  figure: Figure;
  results: Result[];
}

/** All results as one table for a terminal, and their notes below it. */
export function table(all: FigureResults[]): string {
  const rows = [
    HEADINGS,
    ...all.flatMap(({ figure, results }) => results.map((result) => row(figure, result))),
  ];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1), ...notes(all), ''].join('\n');
}

function row(figure: Figure, result: Result): string[] {
  const { what, unit, measured, reference, limits } = result;
  const verdict = reached(result);
  return [
    `${figure.name}: ${what}`,
    `${number(measured.median)} ${unit}`,
    p99(measured),
    `${number(reference.median)} ${unit}${reference.p99 === undefined ? '' : ` (p99 ${number(reference.p99)})`}, ${reference.what}`,
    number(ratioOf(result)),
    limits.map((limit) => limitText(limit, unit)).join(', ') || 'none',
    verdict === undefined ? '-' : verdict ? 'yes' : 'NO',
  ];
}

function p99({ p99 }: Measure): string {
  return p99 === undefined ? '' : number(p99);
}

function limitText(limit: Limit, unit: string): string {
  const bound = 'atMost' in limit ? `<= ${limit.atMost}` : `>= ${limit.atLeast}`;
  if (limit.of === 'median') return `${bound} ${unit}`;
  return limit.of === 'ratio' ? `ratio ${bound}` : `p99 ${bound} ${unit}`;
}

function notes(all: FigureResults[]): string[] {
  const lines = all.flatMap(({ figure, results }) =>
    results.flatMap(({ what, notes = [] }) => notes.map((note) => `${figure.name}, ${what}: ${note}`)),
  );
  return lines.length > 0 ? ['', ...lines] : [];
}

/** Three digits that tell something. */
function number(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
