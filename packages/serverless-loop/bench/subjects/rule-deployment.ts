import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { loopOptions } from '../../src/cli/start-options.ts';
import { startLoop } from '../../src/loop/loop.ts';
import { BenchError } from '../bench-error.ts';
import type { FigureOptions } from '../figure.ts';
import { temporaryFolder } from './project.ts';

const BUCKET = 'templates';
const POLL_MS = 5;

export interface RuleDeployment {
  elapsedMs: number;
  /** The longest time in which the loop answered nobody. */
  longestWaitMs: number;
}

/** A loop in this process that stacks of rules are made in, and removed again. */
export async function startRuleDeployments(options: FigureOptions) {
  const folder = temporaryFolder(options);
  const template = path.join(folder, 'template.yaml');
  writeFileSync(template, 'Resources: {Queue: {Type: AWS::SQS::Queue}}');
  mkdirSync(path.join(folder, 'cache'));
  const loop = await startLoop({
    ...loopOptions({ template }, () => {}, 0),
    cacheDir: path.join(folder, 'cache'),
  });
  options.atEnd(() => loop.stop());
  await loop.ready();
  await store('', '');
  let stacks = 0;

  async function call(service: string, init: RequestInit, address = ''): Promise<string> {
    const response = await fetch(`${loop.endpoint}/${address}`, {
      ...init,
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
        'X-Amz-Date': '20260101T000000Z',
      },
    });
    const text = await response.text();
    if (response.ok) return text;
    throw new BenchError(`the loop answered ${response.status}: ${text}`);
  }

  /** As a template of this size is handed over: CreateStack takes 51,200 bytes itself. */
  function store(key: string, body: string): Promise<string> {
    return call('s3', { method: 'PUT', body }, key === '' ? BUCKET : `${BUCKET}/${key}`);
  }

  function cloudFormation(parameters: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ Version: '2010-05-15', ...parameters });
    return call('cloudformation', { method: 'POST', body });
  }

  async function waitFor(StackName: string, status: string): Promise<void> {
    for (;;) {
      const text = await cloudFormation({ Action: 'DescribeStacks', StackName });
      const [, found = ''] = /<StackStatus>(.*?)</.exec(text) ?? [];
      if (found === status) return;
      if (!found.endsWith('_IN_PROGRESS')) throw new BenchError(`the stack is ${found}`);
      await pause(POLL_MS);
    }
  }

  return async function deploy(rules: number): Promise<RuleDeployment> {
    stacks += 1;
    const StackName = `rules-${stacks}`;
    await store(StackName, JSON.stringify(templateOf(rules)));
    const waits = monitorEventLoopDelay({ resolution: 1 });
    waits.enable();
    const startedAt = performance.now();
    const TemplateURL = `${loop.endpoint}/${BUCKET}/${StackName}`;
    const created = await cloudFormation({ Action: 'CreateStack', StackName, TemplateURL });
    await waitFor(StackName, 'CREATE_COMPLETE');
    const elapsedMs = performance.now() - startedAt;
    waits.disable();
    const [, stackId = ''] = /<StackId>(.*?)</.exec(created) ?? [];
    await cloudFormation({ Action: 'DeleteStack', StackName });
    await waitFor(stackId, 'DELETE_COMPLETE');
    return { elapsedMs, longestWaitMs: waits.max / 1e6 };
  };
}

/** Rules with wildcards, which take the longest to compile. */
function templateOf(rules: number) {
  const resources = Array.from({ length: rules }, (_, index) => {
    const EventPattern = {
      source: [{ wildcard: `*shop-${index}.*orders` }],
      detail: { path: [{ wildcard: `/orders/*/lines/*/${index}` }] },
    };
    return [`Rule${index}`, { Type: 'AWS::Events::Rule', Properties: { EventPattern } }];
  });
  return { Resources: Object.fromEntries(resources) };
}
