import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../../aws/errors.ts';
import type { JsonObject } from '../../../aws/operation.ts';
import { validationError, wordsFor, wordsOf } from '../errors.ts';
import type { StackRecord } from '../stack-record.ts';
import { sourceOf, type TemplateSources } from '../template-operations.ts';
import type { TemplateSummary } from '../template-reader.ts';
import type { HeldStack } from './held-stack.ts';
import type { NextStack } from './reading.ts';
import { isTrue, tagsIn, textsIn } from './request.ts';
import { parameterValues } from './stack-parameters.ts';

/** What a call wants a stack to become. */
export interface Wish {
  source: string;
  summary: TemplateSummary;
  /** Those that are given; defaults are the template's. */
  parameters: Record<string, string>;
  tags: StackRecord['tags'];
  capabilities: string[];
}

/** Reads what CreateStack, UpdateStack and CreateChangeSet have in common. Throws CloudFormation's errors. */
export async function wishOf(
  input: JsonObject,
  sources: TemplateSources,
  held: HeldStack | undefined,
): Promise<Wish> {
  const source = await sourceFor(input, sources, held);
  const summary = await summaryOf(source, sources);
  const record = held?.stack && held.record;
  return {
    source,
    summary,
    parameters: parameterValues(input, summary, record),
    // A call without tags leaves those that there are (API reference, "UpdateStack", Tags).
    tags: input.Tags === undefined ? (record?.tags ?? []) : tagsIn(input),
    capabilities: textsIn(input, 'Capabilities'),
  };
}

async function sourceFor(
  input: JsonObject,
  sources: TemplateSources,
  held: HeldStack | undefined,
): Promise<string> {
  const source = await sourceOf(input, sources);
  if (!isTrue(input, 'UsePreviousTemplate')) {
    if (source !== undefined) return source;
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (source !== undefined)
    throw validationError('You can specify only one of TemplateBody, TemplateURL and UsePreviousTemplate.');
  if (!held?.stack) throw validationError('UsePreviousTemplate can be used only for a stack that exists.');
  return held.record.template;
}

async function summaryOf(source: string, { reader }: TemplateSources): Promise<TemplateSummary> {
  await reader.ready(source);
  try {
    return reader.summarize(source);
  } catch (error) {
    throw validationError(wordsFor(error, 'format'));
  }
}

/** Whether anything would be another; a parameter that nothing uses is not (guide, "Update stacks"). */
export function changesAnything({ record, stack }: HeldStack, next: NextStack, wish: Wish): boolean {
  if (!stack || next.changes.length > 0 || !isDeepStrictEqual(record.tags, wish.tags)) return true;
  return !isDeepStrictEqual(stack.outputs, next.stack.outputs);
}

const UPDATABLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'CREATE_FAILED',
  'UPDATE_FAILED',
];

/** Throws CloudFormation's error for a stack that can't be changed now. */
export function refuseUnlessUpdatable({ record }: HeldStack): void {
  if (!UPDATABLE.includes(record.status))
    throw validationError(`Stack:${record.id} is in ${record.status} state and can not be updated.`);
}

/** Why a template's transform fails, in SAM's frame. What is wrong with one that has no transform is the call's error: thrown. */
export function transformFault(error: unknown, { transforms }: TemplateSummary): string {
  if (error instanceof AwsError) throw error;
  if (transforms.length === 0) throw validationError(wordsFor(error, 'error'));
  // What SAM leaves as it is, is told of what it has made.
  const words = wordsOf(error);
  if (words !== undefined) return words;
  const lines = messageOf(error).split('\n');
  return `Transform ${transforms[0]} failed with: Invalid Serverless Application Specification document. Number of errors found: ${lines.length}. ${lines.join(' ')}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
