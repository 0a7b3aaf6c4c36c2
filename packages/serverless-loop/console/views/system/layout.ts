import { useEffect, useState } from '../../preact.ts';
import type { Diagram, DiagramNode, SystemEdge } from '../../state/diagram.ts';

export interface Placed {
  width: number;
  height: number;
  nodes: readonly (DiagramNode & { x: number; y: number })[];
  edges: readonly (SystemEdge & { points: readonly { x: number; y: number }[] })[];
}

export const NODE_WIDTH = 208;
export const NODE_HEIGHT = 56;

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
  graph.setGraph({ rankdir, nodesep: 24, ranksep: 64, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
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
