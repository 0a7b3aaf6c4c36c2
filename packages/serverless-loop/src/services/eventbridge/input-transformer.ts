import { AwsError } from '../../aws/errors.ts';
import type { JsonObject } from '../../aws/json-object.ts';
import { compilePath, type PathReader } from '../../aws/json-path.ts';
import type { TargetModel } from '../../template/model.ts';
import { DeliveryError } from './delivery-error.ts';
import type { InputContext, InputMaker } from './input-maker.ts';
import { compactJson, parseJson } from './json.ts';

type TemplatePart = Literal | Placeholder;

interface Literal {
  kind: 'literal';
  text: string;
}

interface Placeholder {
  kind: 'placeholder';
  name: string;
  /** True when it stands inside a quoted string of the template. */
  quoted: boolean;
}

type Transformer = NonNullable<TargetModel['inputTransformer']>;
type Variable = (event: JsonObject, context: InputContext) => unknown;

/** The guide: "You can define up to 100 variables"; the API: InputTemplate has 1 to 8,192 characters. */
const MAX_PATHS = 100;
const MAX_TEMPLATE_CHARACTERS = 8_192;
/** No target takes more: Lambda's asynchronous payload and SQS's message have 1 MB, as an event has (guide, "EventBridge quotas"). */
const MAX_INPUT_CHARACTERS = 1_048_576;

/** "The keys can't start with "AWS"" (API reference, "InputTransformer", with this pattern). */
const VARIABLE_NAME = /^(?!AWS)[A-Za-z0-9_-]{1,256}$/;

/** `<name>`; other angle brackets are text. */
const PLACEHOLDER = /<([A-Za-z0-9_.-]+)>/;

/** EventBridge guide, "Input transformation", predefined variables. */
const PREDEFINED: Record<string, Variable> = {
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
      // A code of a dead letter (EventBridge guide, "Using dead-letter queues to process undelivered events"); no page or
      // record was found that says which one stands for this.
      if (made.length > MAX_INPUT_CHARACTERS)
        throw new DeliveryError('INVALID_PARAMETER', 'The input transformer gave more than 1 MB.', {
          retryable: false,
        });
    }
    if (!isText && parseJson(made) === undefined)
      throw new DeliveryError('INVALID_JSON', 'The input transformer gave no valid JSON.', {
        retryable: false,
      });
    // "The JSON that is passed to the target is minified" (guide, "Transforming target input").
    return isText ? made : compactJson(made);
  };
}

/** Cuts an InputTemplate into text and placeholders. */
function templateParts(template: string): TemplatePart[] {
  let quoted = false;
  return template.split(PLACEHOLDER).map((piece, index): TemplatePart => {
    if (index % 2 === 1) return { kind: 'placeholder', name: piece, quoted };
    if (quotesIn(piece) % 2 === 1) quoted = !quoted;
    return { kind: 'literal', text: piece };
  });
}

/** An escaped quote neither opens nor closes a string. */
function quotesIn(text: string): number {
  return text.replace(/\\./gs, '').split('"').length - 1;
}

function checkSizes(targetId: string, { inputPathsMap, inputTemplate }: Transformer): void {
  if (Object.keys(inputPathsMap).length > MAX_PATHS)
    throw invalid(`InputPathsMap for target ${targetId} has more than ${MAX_PATHS} paths.`);
  if (inputTemplate.length === 0 || inputTemplate.length > MAX_TEMPLATE_CHARACTERS)
    throw invalid(
      `InputTemplate for target ${targetId} must have 1 to ${MAX_TEMPLATE_CHARACTERS} characters.`,
    );
}

function pathOf(targetId: string, name: string, path: string): PathReader {
  if (Object.hasOwn(PREDEFINED, name))
    throw invalid(`InputPathsMap for target ${targetId} redefines ${name}.`);
  if (!VARIABLE_NAME.test(name))
    throw invalid(`InputPathsMap for target ${targetId} has an invalid name, ${JSON.stringify(name)}.`);
  const read = compilePath(path);
  if (!read) throw invalid(`InputPathsMap for target ${targetId} has an invalid path for ${name}.`);
  return read;
}

function variableOf(targetId: string, name: string, paths: Map<string, PathReader>): Variable {
  const variable = paths.get(name) ?? (Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined);
  if (!variable) throw invalid(`InputTemplate for target ${targetId} contains invalid placeholder ${name}.`);
  return variable;
}

/**
 * Outside quotes a value keeps its type. Inside them its text stands as it is, unescaped; an object or a list loses its
 * quotes in a text template, and keeps them (which spoils the JSON) in a JSON template (LocalStack's record,
 * test_events_inputs.snapshot.json, test_input_transformer_nested_keys_replacement).
 */
function fill(part: Placeholder, isText: boolean, value: unknown = ''): string {
  const json = JSON.stringify(value);
  if (!part.quoted) return json;
  if (typeof value === 'string') return value;
  return isText ? json.replaceAll('"', '') : json;
}

/**
 * The event but for its detail, with AWS's own name for the detail type (LocalStack's record,
 * test_events_inputs.snapshot.json).
 */
function envelope(event: JsonObject): JsonObject {
  const { id, account, 'detail-type': detailType, time, source, region, resources, version } = event;
  return { id, account, detailType, time, source, region, resources, version };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
