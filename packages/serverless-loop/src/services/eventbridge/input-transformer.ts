import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/operation.ts';
import type { TargetModel } from '../../template/model.ts';
import { DeliveryError } from './delivery.ts';
import type { InputContext, InputMaker } from './input.ts';
import { type Placeholder, templateParts } from './input-template.ts';
import { parseJson } from './json.ts';
import { compilePath, type PathReader } from './json-path.ts';

type Transformer = NonNullable<TargetModel['inputTransformer']>;
type Variable = (event: JsonObject, context: InputContext) => unknown;

/** The guide: "You can define up to 100 variables"; the API: InputTemplate has 1 to 8,192 characters. */
const maximumPaths = 100;
const maximumTemplateCharacters = 8_192;
/** No target takes more: Lambda's asynchronous payload and SQS's message have 1 MB, as an event has (guide, "EventBridge quotas"). */
const maximumInputCharacters = 1_048_576;

/** EventBridge guide, "Input transformation", predefined variables. */
const predefined: Record<string, Variable> = {
  'aws.events.rule-arn': (_event, context) => context.ruleArn,
  'aws.events.rule-name': (_event, context) => context.ruleName,
  'aws.events.event.ingestion-time': (_event, context) => context.ingestionTime,
  'aws.events.event.json': (event) => event,
  'aws.events.event': envelope,
};

/**
 * Prepares an InputTransformer. A template that starts with a quote is text; any other must give JSON, or the delivery
 * fails.
 * @throws AwsError ValidationException, as PutTargets answers
 */
export function compileTransformer(targetId: string, transformer: Transformer): InputMaker {
  const { inputPathsMap, inputTemplate } = transformer;
  checkSizes(targetId, transformer);
  const paths = new Map(
    Object.entries(inputPathsMap).map(([name, path]) => [name, pathOf(targetId, name, path)]),
  );
  const parts = templateParts(inputTemplate).map((part) =>
    part.kind === 'literal' ? part : { ...part, read: variableOf(targetId, part.name, paths) },
  );
  const isText = inputTemplate.trimStart().startsWith('"');

  return (event, context) => {
    let made = '';
    for (const part of parts) {
      made += part.kind === 'literal' ? part.text : fill(part, isText, part.read(event, context));
      if (made.length > maximumInputCharacters)
        // EventBridge's page on dead-letter queues lists no code for this, nor is one on record that was found.
        throw new DeliveryError('INVALID_PARAMETER', 'The input transformer gave more than 1 MB.', {
          retryable: false,
        });
    }
    if (!isText && parseJson(made) === undefined)
      throw new DeliveryError('INVALID_JSON', 'The input transformer gave no valid JSON.', {
        retryable: false,
      });
    return made;
  };
}

function checkSizes(targetId: string, { inputPathsMap, inputTemplate }: Transformer): void {
  if (Object.keys(inputPathsMap).length > maximumPaths)
    throw invalid(`InputPathsMap for target ${targetId} has more than ${maximumPaths} paths.`);
  if (inputTemplate.length === 0 || inputTemplate.length > maximumTemplateCharacters)
    throw invalid(
      `InputTemplate for target ${targetId} must have 1 to ${maximumTemplateCharacters} characters.`,
    );
}

function pathOf(targetId: string, name: string, path: string): PathReader {
  if (Object.hasOwn(predefined, name))
    throw invalid(`InputPathsMap for target ${targetId} redefines ${name}.`);
  const read = compilePath(path);
  if (!read) throw invalid(`InputPathsMap for target ${targetId} has an invalid path for ${name}.`);
  return read;
}

function variableOf(targetId: string, name: string, paths: Map<string, PathReader>): Variable {
  const variable = paths.get(name) ?? (Object.hasOwn(predefined, name) ? predefined[name] : undefined);
  if (!variable) throw invalid(`InputTemplate for target ${targetId} contains invalid placeholder ${name}.`);
  return variable;
}

/**
 * Outside quotes a value keeps its type. Inside them its text stands as it is, unescaped; an object or a list loses its
 * quotes in a text template, and keeps them (which spoils the JSON) in a JSON template (both recorded).
 */
function fill(part: Placeholder, isText: boolean, value: unknown = ''): string {
  const json = JSON.stringify(value);
  if (!part.quoted) return json;
  if (typeof value === 'string') return value;
  return isText ? json.replaceAll('"', '') : json;
}

/** The event but for its detail, with AWS's own name for the detail type (recorded). */
function envelope(event: JsonObject): JsonObject {
  const { id, account, 'detail-type': detailType, time, source, region, resources, version } = event;
  return { id, account, detailType, time, source, region, resources, version };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
