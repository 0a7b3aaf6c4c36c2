import { useNow } from '../../parts/time.tsx';
import { useSize } from '../../parts/use-size.ts';
import { useRef } from '../../preact.ts';
import type { Diagram as Drawn, SystemResource } from '../../state/diagram.ts';
import type { Traffic } from '../../state/traffic.ts';
import { shownInRow } from '../../state/words.ts';
import { boxOf, NODE_HEIGHT, type Placed, usePlaced } from './layout.ts';

/** So long a resource stays lit. */
const LIT_MS = 3_000;
/** A diagram is drawn as large as its place, as long as it can be read and is no poster. */
const MIN_SCALE = 0.75;
const MAX_SCALE = 1.25;

export function Diagram({
  of,
  traffic,
  chosen,
  hrefOf,
}: {
  of: Drawn;
  traffic: ReadonlyMap<string, Traffic>;
  chosen: string | undefined;
  hrefOf(id: string): string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const placed = usePlaced(of, width > 0 && width < 900 ? 'TB' : 'LR');
  const now = useNow();
  const scale = placed ? Math.min(MAX_SCALE, Math.max(MIN_SCALE, width / placed.width)) : 1;
  const lit = (id: string) => {
    const resource = of.nodes.find((node) => node.id === id)?.resource;
    return now - (trafficFor(traffic, resource)?.lastAt ?? 0) < LIT_MS;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="diagram" ref={box} aria-label="Diagram of the system" tabIndex={0}>
      {placed && (
        <svg
          width={placed.width * scale}
          height={placed.height * scale}
          viewBox={`0 0 ${placed.width} ${placed.height}`}
        >
          <title>Resources and what goes between them</title>
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" class="arrow" />
            </marker>
          </defs>
          {placed.edges.map((edge) => (
            <Line key={`${edge.from} ${edge.to}`} of={edge} isLit={lit(edge.from) && lit(edge.to)} />
          ))}
          {placed.nodes.map((node) => (
            <Box
              key={node.id}
              of={node}
              traffic={trafficFor(traffic, node.resource)}
              now={now}
              isChosen={node.id === chosen}
              href={hrefOf(node.id)}
            />
          ))}
        </svg>
      )}
    </section>
  );
}

function trafficFor(
  traffic: ReadonlyMap<string, Traffic>,
  resource: SystemResource | undefined,
): Traffic | undefined {
  const { name = '', physicalId = '' } = resource ?? {};
  // Of a state machine or a topic the physical id is its ARN.
  return traffic.get(name) ?? traffic.get(physicalId.split(':').at(-1) ?? '');
}

function Line({ of: { points, kind, label }, isLit }: { of: Placed['edges'][number]; isLit: boolean }) {
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return (
    <path
      class={`edge ${isLit ? 'lit' : ''} ${kind === 'permits' ? 'permits' : ''}`}
      d={path}
      marker-end="url(#arrow)"
    >
      <title>{shownInRow(label === undefined ? kind : `${kind}: ${label}`)}</title>
    </path>
  );
}

function Box({
  of: { id, type, x, y, resource },
  traffic,
  now,
  isChosen,
  href,
}: {
  of: Placed['nodes'][number];
  traffic: Traffic | undefined;
  now: number;
  isChosen: boolean;
  href: string;
}) {
  const { count = 0, errors = 0, lastAt = 0, lastErrorAt = 0 } = traffic ?? {};
  const isBad = errors > 0 && now - lastErrorAt < LIT_MS;
  const isOff = resource !== undefined && !/^(emulated|accepted)$/.test(resource.status);
  const classes = [
    'node',
    isBad && 'failing',
    now - lastAt < LIT_MS && 'lit',
    isChosen && 'chosen',
    isOff && 'off',
  ];
  const { name, width } = boxOf(id);
  const left = x - width / 2;
  const top = y - NODE_HEIGHT / 2;
  return (
    <a href={href} class={classes.filter(Boolean).join(' ')}>
      <rect x={left} y={top} width={width} height={NODE_HEIGHT} rx={4} />
      <text x={left + 12} y={top + 23} class="node-name">
        {shownInRow(name)}
      </text>
      <text x={left + 12} y={top + 43} class="node-kind">
        {shownInRow(isOff ? (resource?.status ?? '') : type)}
      </text>
      {count + errors > 0 && (
        <text x={left + width - 12} y={top + 43} class="node-count" text-anchor="end">
          {count.toLocaleString()}
          {errors > 0 && <tspan class="node-errors">{` ✕${errors.toLocaleString()}`}</tspan>}
        </text>
      )}
    </a>
  );
}
