import { integer, required, text } from '../../aws/members.ts';
import type { ResourceReport, Stack } from '../../template/model.ts';
import { endpoint } from '../context.ts';
import { edgesOf } from '../edges.ts';
import { notFound } from '../invalid.ts';

export const SYSTEM_ENDPOINTS = {
  'GET /_loop/system': endpoint({
    purpose: 'the stack: its resources, what the loop does with each and why, and the edges between them',
    input: {},
    answer(_input, { stack, startedAt }) {
      const { name, place, resources, outputs, ...models } = stack();
      return {
        stackName: name,
        region: place.region,
        accountId: place.accountId,
        startedAt: new Date(startedAt).toISOString(),
        resources: resources.map((resource) => shownResource(resource, models)),
        edges: edgesOf(stack()),
        outputs: outputs.map(({ name, value, description = '' }) => ({ name, value, description })),
      };
    },
  }),
  'GET /_loop/resource': endpoint({
    purpose:
      'a resource by its logical id: its properties, its lines of the template, its parts and its edges',
    input: { id: required(text({ min: 1 })) },
    answer({ id }, { stack, propertiesOf }) {
      const whole = stack();
      const resource = whole.resources.find(({ logicalId }) => logicalId === id);
      if (!resource) throw notFound(`The stack has no resource "${id}".`);
      return {
        resource: shownResource(resource, whole),
        parts: whole.resources.filter(({ logicalId }) => logicalId.startsWith(`${id}.`)),
        ...(resource.file === undefined && { declaration: declarationAt(whole.source, resource.line) }),
        properties: propertiesOf(id) ?? {},
        edges: edgesOf(whole).filter(({ from, to }) => from === id || to === id),
      };
    },
  }),
  'GET /_loop/functions': endpoint({
    purpose: 'the functions of all stacks, with what they run by',
    input: {},
    answer: (_input, { functions }) => ({
      functions: functions().map((fn) => ({
        logicalId: fn.logicalId,
        name: fn.name,
        arn: fn.arn,
        ...(fn.alias !== undefined && { alias: fn.alias }),
        runtime: fn.runtime,
        handler: fn.handler,
        timeoutMs: fn.timeoutMs,
        memorySizeMB: fn.memorySizeMB,
        logGroup: fn.logging.logGroup,
        environmentNames: Object.keys(fn.environment),
        roleName: fn.role.name,
      })),
    }),
  }),
  'GET /_loop/event-files': endpoint({
    purpose: 'the JSON files in the folder events beside the template, to invoke functions with',
    input: {},
    answer: (_input, { eventFiles }) => ({ files: eventFiles.list() }),
  }),
  'GET /_loop/event-file': endpoint({
    purpose: 'the text of one of them',
    input: { name: required(text({ min: 1 })) },
    answer({ name }, { eventFiles }) {
      const found = eventFiles.read(name);
      if (found === undefined) throw notFound(`There is no file "${name}" in events.`);
      return { name, text: found };
    },
  }),
  'GET /_loop/invocations': endpoint({
    purpose: 'the newest requests to functions, each with its attempts and its end, the last one first',
    input: { function: text({ min: 1 }), state: text({ min: 1 }), limit: integer({ min: 1, max: 1_000 }) },
    answer({ function: asked, state, limit = 100 }, { requests, functionOf }) {
      const name = asked === undefined ? undefined : (functionOf(asked)?.name ?? asked);
      const found = requests().filter(
        (row) => (name ?? row.functionName) === row.functionName && (state ?? row.state) === row.state,
      );
      return { invocations: found.slice(0, limit) };
    },
  }),
  'GET /_loop/invocation': endpoint({
    purpose: 'a request: its attempts, its log, and the X-Ray documents of its trace',
    input: { requestId: required(text({ min: 1 })) },
    answer({ requestId }, { requests, logs, segmentsOf }) {
      const found = requests().find((row) => row.requestId === requestId);
      if (!found) throw notFound(`There is no request "${requestId}", or no more.`);
      return {
        invocation: found,
        logs: logs().filter((line) => line.requestId === requestId),
        ...(found.traceId !== undefined && {
          traceId: found.traceId,
          segments: segmentsOf(found.traceId),
        }),
      };
    },
  }),
};

/** With the name and the ARN, where a service keeps one by them. */
function shownResource(
  resource: ResourceReport,
  stack: Pick<Stack, 'functions' | 'tables' | 'buses' | 'rules' | 'queues' | 'topics' | 'dataStreams'>,
) {
  const { functions, tables, buses, rules, queues, topics, dataStreams } = stack;
  const known = [...functions, ...tables, ...buses, ...rules, ...queues, ...topics, ...dataStreams];
  const named = known.find(({ logicalId }) => logicalId === resource.logicalId);
  return { ...resource, ...(named && { name: named.name, arn: named.arn }) };
}

/** The lines of a resource: from its name to the next line that is indented no deeper. Of JSON, the lines as far as that. */
function declarationAt(source: string, line: number): string {
  const [first = '', ...others] = source.split('\n').slice(line - 1);
  const indent = (text: string) => text.length - text.trimStart().length;
  const end = others.findIndex((text) => text.trim() !== '' && indent(text) <= indent(first));
  const lines = [first, ...(end < 0 ? others : others.slice(0, end))];
  return lines
    .map((text) => text.slice(Math.min(indent(first), indent(text))))
    .join('\n')
    .trimEnd();
}
