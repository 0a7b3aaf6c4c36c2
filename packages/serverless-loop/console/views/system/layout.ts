import { useEffect, useState } from '../../preact.ts';
import type { Diagram, DiagramNode, SystemEdge } from '../../state/diagram.ts';

export interface Placed {
  width: number;
  height: number;
  nodes: readonly (DiagramNode & { x: number; y: number })[];
  edges: readonly (SystemEdge & { points: readonly { x: number; y: number }[] })[];
}

export const NODE_HEIGHT = 56;
/** Pixels of a letter of a name, on the average of wide ones and narrow ones. */
const LETTER_PX = 8.5;
const MIN_PX = 184;
/** So many letters of a name are drawn. */
const MAX_LETTERS = 32;

/** A name as it is drawn, and the width of its box. */
export function boxOf(id: string): { name: string; width: number } {
  const name = id.length > MAX_LETTERS ? `${id.slice(0, MAX_LETTERS - 1)}…` : id;
  return { name, width: Math.max(MIN_PX, Math.ceil(name.length * LETTER_PX) + 24) };
}

/** Lays out the diagram; the library for that is loaded by who looks at it. */
export function usePlaced(diagram: Diagram | undefined, direction: 'LR' | 'TB'): Placed | undefined {
  const [placed, setPlaced] = useState<Placed>();
  useEffect(() => {
    let isGone = false;
    if (diagram)
      void import('@dagrejs/dagre').then(({ Graph, layout }) => {
        if (!isGone) setPlaced(place(diagram, direction, { Graph, layout }));
      });
    return () => {
      isGone = true;
    };
  }, [diagram, direction]);
  return placed;
}

function place(
  { nodes, edges }: Diagram,
  rankdir: 'LR' | 'TB',
  { Graph, layout }: Pick<typeof import('@dagrejs/dagre'), 'Graph' | 'layout'>,
): Placed {
  const graph = new Graph();
  graph.setGraph({ rankdir, nodesep: 24, ranksep: 48, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: boxOf(id).width, height: NODE_HEIGHT });
  for (const { from, to } of edges) graph.setEdge(from, to, {});
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: nodes.map((node) => {
      const { x = 0, y = 0 } = graph.node(node.id);
      return { ...node, x, y };
    }),
    edges: edges.map((edge) => ({ ...edge, points: graph.edge(edge.from, edge.to).points ?? [] })),
  };
}
