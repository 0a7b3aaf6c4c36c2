import { AwsError } from '../../../aws/errors.ts';
import type { Read } from '../../../aws/members.ts';
import type { TemplateSummary } from '../../../template/model.ts';
import { validationError, wordsFor, wordsOf } from '../errors.ts';
import type { WISH } from '../shapes.ts';
import type { StackRecord } from '../stack-record.ts';
import { readSource, sourceOf, type TemplateSources } from '../template-source.ts';
import { parameterValues } from './stack-parameters.ts';

/** A stack as a call wants it to become. */
export interface Wish {
  source: string;
  summary: TemplateSummary;
  /** Those that are given; defaults are the template's. */
  parameters: Record<string, string>;
  tags: StackRecord['tags'];
  capabilities: string[];
  /** The text of an object in S3 that the template names, once it was fetched. */
  textAt(url: string): string | undefined;
}

/** The members that CreateStack, UpdateStack and CreateChangeSet read alike. */
type Given = Read<typeof WISH> & { UsePreviousTemplate?: boolean };

/** A call's wish for a stack that may be deployed already. Throws CloudFormation's errors. */
export async function wishOf(
  input: Given,
  sources: TemplateSources,
  deployed: StackRecord | undefined,
): Promise<Wish> {
  const source = await sourceFor(input, sources, deployed);
  const summary = await readSource(source, sources.reader.summarize, sources.reader);
  return {
    source,
    summary,
    parameters: parameterValues(input.Parameters ?? [], summary, deployed),
    // A call without tags leaves those that there are (API reference, "UpdateStack", Tags).
    tags: input.Tags?.map(({ Key, Value = '' }) => ({ key: Key, value: Value })) ?? deployed?.tags ?? [],
    capabilities: input.Capabilities ?? [],
    textAt: () => undefined,
  };
}

async function sourceFor(
  input: Given,
  sources: TemplateSources,
  deployed: StackRecord | undefined,
): Promise<string> {
  const source = await sourceOf(input, sources);
  if (!input.UsePreviousTemplate) {
    if (source !== undefined) return source;
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (source !== undefined)
    throw validationError('You can specify only one of TemplateBody, TemplateURL and UsePreviousTemplate.');
  if (!deployed) throw validationError('UsePreviousTemplate can be used only for a stack that exists.');
  return deployed.template;
}

/** Tells why a template's transform fails, in SAM's frame. A mistake in one that has no transform is the call's error: thrown. */
export function transformFault(error: unknown, { transforms }: TemplateSummary): string {
  if (error instanceof AwsError) throw error;
  if (transforms.length === 0) throw validationError(wordsFor(error, 'error'));
  // SAM leaves it as it is: it is told of what SAM has made.
  const words = wordsOf(error);
  if (words !== undefined) return words;
  const lines = messageOf(error).split('\n');
  return `Transform ${transforms[0]} failed with: Invalid Serverless Application Specification document. Number of errors found: ${lines.length}. ${lines.join(' ')}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
