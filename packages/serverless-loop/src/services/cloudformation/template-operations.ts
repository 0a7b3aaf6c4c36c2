import type { JsonObject, JsonOperation } from '../../aws/operation.ts';
import { constraint, validationError, wordsFor } from './errors.ts';
import { optionalChoice, optionalText } from './input.ts';
import { needOnStack } from './needs.ts';
import { namedStack } from './stack-lookup.ts';
import type { StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';
import type { TemplateParameter, TemplateReader, TemplateSummary } from './template-reader.ts';

/** In bytes; a larger template comes by way of S3 (User Guide, "CloudFormation quotas"). */
const LARGEST_INLINE = 51_200;

export interface TemplateSources {
  store: StackStore;
  reader: TemplateReader;
  /** The text of a template in the loop's S3, undefined when there is none. */
  templateAt(url: string): Promise<string | undefined>;
}

/**
 * What tells of templates: those of stacks, those that a call brings, and those of the change sets that a call names, which
 * are asked for with `changeSetTemplate`.
 */
export function templateOperations(
  sources: TemplateSources,
  changeSetTemplate: (input: JsonObject) => string | undefined,
): Record<string, JsonOperation> {
  const { store, reader } = sources;
  return {
    GetTemplate: {
      async handle(input) {
        const template = changeSetTemplate(input) ?? givenStack(input, store).template;
        const stage = optionalChoice(input, 'TemplateStage', ['Original', 'Processed']) ?? 'Original';
        return {
          TemplateBody: stage === 'Original' ? template : await read(template, reader.process, reader),
          StagesAvailable: ['Original', 'Processed'],
        };
      },
      needs: needOnStack('GetTemplate', store),
    },
    GetTemplateSummary: {
      async handle(input) {
        const source = await sourceOf(input, sources);
        const summary = await read(source ?? deployedTemplate(input, store), reader.summarize, reader);
        return {
          ...common(summary),
          Parameters: summary.parameters.map((parameter) => ({
            ...declaration(parameter),
            ParameterType: parameter.type,
            ParameterConstraints: { AllowedValues: parameter.allowedValues },
          })),
          ResourceTypes: summary.resourceTypes,
          ResourceIdentifierSummaries: summary.resourceTypes.map((ResourceType) => ({
            ResourceType,
            LogicalResourceIds: summary.logicalIds[ResourceType],
          })),
          Version: summary.version,
        };
      },
      needs: needOnStack('GetTemplateSummary', store),
    },
    ValidateTemplate: {
      async handle(input) {
        const source = await sourceOf(input, sources);
        if (source === undefined)
          throw validationError('Either Template URL or Template Body must be specified.');
        const summary = await read(source, reader.summarize, reader);
        return { ...common(summary), Parameters: summary.parameters.map(declaration) };
      },
      needs: () => [{ action: 'cloudformation:ValidateTemplate', resource: '*' }],
    },
  };
}

function givenStack(input: JsonObject, store: StackStore): StackRecord {
  if (optionalText(input, 'StackName') !== undefined) return namedStack(input, store);
  throw validationError('StackName is required if ChangeSetName is not specified.');
}

function deployedTemplate(input: JsonObject, store: StackStore): string {
  const { template, status } = namedStack(input, store);
  if (status !== 'REVIEW_IN_PROGRESS') return template;
  throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
}

/** The template that a call brings, in its body or by its URL; undefined when it brings none. */
export async function sourceOf(
  input: JsonObject,
  { templateAt }: Pick<TemplateSources, 'templateAt'>,
): Promise<string | undefined> {
  const body = optionalText(input, 'TemplateBody');
  const url = optionalText(input, 'TemplateURL');
  if (body !== undefined && Buffer.byteLength(body) > LARGEST_INLINE) {
    throw constraint(
      `'${body.slice(0, 40)}…'`,
      'templateBody',
      `Member must have length less than or equal to ${LARGEST_INLINE}`,
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

/** What is wrong with a template is the caller's doing. */
async function read<Result>(
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

function common({ description, transforms, resourceTypes }: TemplateSummary): JsonObject {
  const makesRoles = resourceTypes.some((type) => /^AWS::IAM::|^AWS::Serverless::Function$/.test(type));
  const capabilities = [
    ...(makesRoles ? ['CAPABILITY_IAM'] : []),
    ...(transforms.length > 0 ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ];
  return {
    Description: description,
    ...(capabilities.length > 0 && {
      Capabilities: capabilities,
      CapabilitiesReason: `The following resource(s) require capabilities: [${resourceTypes.join(', ')}]`,
    }),
    ...(transforms.length > 0 && { DeclaredTransforms: transforms }),
  };
}

function declaration({ key, defaultValue, description, noEcho }: TemplateParameter): JsonObject {
  return { ParameterKey: key, DefaultValue: defaultValue, NoEcho: noEcho, Description: description };
}
