import 'uplot/dist/uPlot.min.css';
import type uPlot from 'uplot';
import { useSize } from '../../parts/use-size.ts';
import { useEffect, useRef, useState } from '../../preact.ts';
import { aligned, type Series, shortNumber } from '../../state/series.ts';

const HEIGHT = 160;
/** Lines differ by their dashes: colours are for meaning. */
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

/** Draws series as lines with uPlot, which is loaded by the first chart. */
export function LineChart({ series, spanMs }: { series: readonly Series[]; spanMs: number }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const { width } = useSize(box);
  const scheme = useScheme();
  const shape = `${series.map(({ id }) => id).join()} ${width} ${scheme}`;
  const data = aligned(series);
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    let isGone = false;
    const element = box.current;
    if (!element || width === 0) return;
    void import('uplot').then(({ default: UPlot }) => {
      if (isGone) return;
      chart.current = new UPlot(optionsOf(element, series.length, width), latest.current, element);
      showTime(chart.current, spanMs);
    });
    return () => {
      isGone = true;
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [shape]);

  useEffect(() => {
    if (!chart.current) return;
    chart.current.setData(data, false);
    showTime(chart.current, spanMs);
  }, [data, spanMs]);

  return <div class="chart-box" ref={box} aria-hidden="true" />;
}

function showTime(chart: uPlot, spanMs: number): void {
  const now = Date.now() / 1_000;
  chart.setScale('x', { min: now - spanMs / 1_000, max: now });
  const values = chart.data.slice(1).flatMap((row) => [...row].filter((value) => typeof value === 'number'));
  chart.setScale('y', { min: Math.min(0, ...values), max: Math.max(1, ...values) * 1.1 });
}

function optionsOf(element: HTMLElement, count: number, width: number): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name);
  const axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
    font: '13px system-ui, sans-serif',
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true } },
    axes: [
      { ...axis, values: (_, times) => times.map(timeOfDay), space: 64, size: 28 },
      { ...axis, values: (_, values) => values.map(shortNumber), size: 48 },
    ],
    series: [
      {},
      ...Array.from({ length: count }, (_, at) => ({
        stroke: colour('--accent'),
        width: 2,
        dash: DASHES[at % DASHES.length] ?? [],
        spanGaps: true,
        points: { show: true, size: 5, fill: colour('--accent') },
      })),
    ],
  };
}

function timeOfDay(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** Drawn lines keep their colours: they are drawn anew when the system's setting changes. */
function useScheme(): string {
  const [scheme, setScheme] = useState(currentScheme);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setScheme(currentScheme());
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  return scheme;
}

function currentScheme(): string {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
