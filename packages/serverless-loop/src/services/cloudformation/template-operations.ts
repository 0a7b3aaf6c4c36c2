import { boolean, list, oneOf, structure, text } from '../../aws/members.ts';
import type { ParameterSummary, TemplateSummary } from '../../template/model.ts';
import { type CloudFormationContext, operation, ownStack } from './context.ts';
import { changeSetTemplate } from './deploy/named-change-set.ts';
import { missing, validationError } from './errors.ts';
import { TEMPLATE } from './shapes.ts';
import { stackOf } from './stack-store.ts';
import type { TemplateReader } from './template-reader.ts';
import { readSource, sourceOf } from './template-source.ts';

const STAGES = ['Original', 'Processed'] as const;

const DECLARATION = {
  ParameterKey: text(),
  DefaultValue: text(),
  NoEcho: boolean(),
  Description: text(),
} as const;

/** In the answers of both operations that sum a template up. */
const COMMON = {
  Description: text(),
  Capabilities: list(text()),
  CapabilitiesReason: text(),
  DeclaredTransforms: list(text()),
} as const;

/** Operations that tell of templates: those of stacks and change sets, and those that a call brings. */
export const TEMPLATE_OPERATIONS = {
  GetTemplate: operation({
    input: { StackName: text(), ChangeSetName: text(), TemplateStage: oneOf(STAGES) },
    output: { TemplateBody: text(), StagesAvailable: list(text()) },
    needs: ownStack,
    async handle({ StackName, ChangeSetName, TemplateStage = 'Original' }, context) {
      const { reader } = context;
      const template =
        ChangeSetName === undefined
          ? templateOf(StackName, context)
          : changeSetTemplate(ChangeSetName, StackName, context);
      return {
        TemplateBody:
          TemplateStage === 'Original' ? template : await readSource(template, reader.process, reader),
        StagesAvailable: STAGES,
      };
    },
  }),
  GetTemplateSummary: operation({
    input: { ...TEMPLATE, StackName: text() },
    output: {
      ...COMMON,
      Parameters: list(
        structure({
          ...DECLARATION,
          ParameterType: text(),
          ParameterConstraints: structure({ AllowedValues: list(text()) }),
        }),
      ),
      ResourceTypes: list(text()),
      ResourceIdentifierSummaries: list(
        structure({ ResourceType: text(), LogicalResourceIds: list(text()) }),
      ),
      Version: text(),
    },
    needs: ownStack,
    async handle(input, context) {
      const { reader } = context;
      const source = (await sourceOf(input, context)) ?? deployedTemplate(input.StackName, context);
      const summary = await readSource(source, reader.summarize, reader);
      return {
        ...common(summary, reader),
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
  }),
  ValidateTemplate: operation({
    input: TEMPLATE,
    output: { ...COMMON, Parameters: list(structure(DECLARATION)) },
    needs: () => ['*'],
    async handle(input, context) {
      const { reader } = context;
      const source = await sourceOf(input, context);
      if (source === undefined)
        throw validationError('Either Template URL or Template Body must be specified.');
      const summary = await readSource(source, reader.summarize, reader);
      return { ...common(summary, reader), Parameters: summary.parameters.map(declaration) };
    },
  }),
};

function templateOf(name: string | undefined, { store }: CloudFormationContext): string {
  if (name === undefined) throw validationError('StackName is required if ChangeSetName is not specified.');
  return stackOf(name, store).template;
}

function deployedTemplate(name: string | undefined, { store }: CloudFormationContext): string {
  if (name === undefined) throw missing('stackName');
  const { template, status } = stackOf(name, store);
  if (status !== 'REVIEW_IN_PROGRESS') return template;
  throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
}

function common({ description, transforms, resourceTypes }: TemplateSummary, reader: TemplateReader) {
  const capabilities = [
    ...(resourceTypes.some(reader.makesIdentity) ? ['CAPABILITY_IAM'] : []),
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

function declaration({ key, defaultValue, description, noEcho }: ParameterSummary) {
  return { ParameterKey: key, DefaultValue: defaultValue, NoEcho: noEcho, Description: description };
}
