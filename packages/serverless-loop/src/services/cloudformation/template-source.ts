import { validationError, wordsFor } from './errors.ts';
import type { TemplateReader } from './template-reader.ts';

/** In bytes; a larger template comes by way of S3 (User Guide, "CloudFormation quotas"). */
const MAX_INLINE_BYTES = 51_200;

export interface TemplateSources {
  reader: TemplateReader;
  /** The text of a template in the loop's S3, undefined when there is none. */
  templateAt(url: string): Promise<string | undefined>;
}

export interface GivenTemplate {
  TemplateBody?: string;
  TemplateURL?: string;
}

/** The template that a call brings, in its body or by its URL; undefined when it brings none. */
export async function sourceOf(
  { TemplateBody: body, TemplateURL: url }: GivenTemplate,
  { templateAt }: Pick<TemplateSources, 'templateAt'>,
): Promise<string | undefined> {
  // The model's limit is in characters: this one has them counted as bytes, and isn't repeated whole.
  if (body !== undefined && Buffer.byteLength(body) > MAX_INLINE_BYTES) {
    throw validationError(
      `1 validation error detected: Value '${body.slice(0, 40)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_INLINE_BYTES}`,
    );
  }
  if (url === undefined) return body;
  if (body !== undefined)
    throw validationError('Either Template URL or Template Body must be specified, not both.');
  const source = await templateAt(url);
  if (source === undefined)
    throw validationError('TemplateURL must reference a valid S3 object to which you have access.');
  return source;
}

/** Reads a template's text. Throws AwsError for a mistake in it, which is the caller's. */
export async function readSource<Result>(
  source: string,
  by: (source: string) => Result,
  { ready }: TemplateReader,
): Promise<Result> {
  await ready(source);
  try {
    return by(source);
  } catch (error) {
    throw validationError(wordsFor(error, 'format'));
  }
}
