import type { FunctionModel, Stack } from './template/model.ts';

export interface Page {
  status: number;
  contentType: string;
  body: string;
}

/** The loop's own pages, beside AWS's protocols: `GET /_loop/stack` says what runs under which name. */
export function loopPages(stack: Stack): (request: { method: string; path: string }) => Page | undefined {
  const described = `${JSON.stringify(describe(stack), undefined, 2)}\n`;
  return ({ method, path }) => {
    if (method !== 'GET' || path !== '/_loop/stack') return undefined;
    return { status: 200, contentType: 'application/json', body: described };
  };
}

/** The alias that callers are meant to come by, where the template has one. */
function aliasOf({ qualifiers }: FunctionModel): { alias?: string } {
  const alias = qualifiers.find(({ name, version }) => name !== version)?.name;
  return alias === undefined ? {} : { alias };
}

function describe(stack: Stack): unknown {
  const named = ({ logicalId, name, arn }: { logicalId: string; name: string; arn: string }) => ({
    logicalId,
    name,
    arn,
  });
  return {
    stackName: stack.name,
    region: stack.place.region,
    accountId: stack.place.accountId,
    functions: stack.functions.map((fn) => ({ ...named(fn), ...aliasOf(fn) })),
    tables: stack.tables.map(named),
    buses: stack.buses.map(named),
    rules: stack.rules.map(named),
    queues: stack.queues.map((queue) => ({ ...named(queue), url: queue.url })),
    outputs: Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value])),
    resources: stack.resources,
  };
}
