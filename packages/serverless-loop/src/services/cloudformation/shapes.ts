import { boolean, list, oneOf, required, structure, text } from '../../aws/members.ts';

/** CloudFormation API reference, "CreateStack", OnFailure. */
export const ON_FAILURE = ['DO_NOTHING', 'ROLLBACK', 'DELETE'] as const;

export type OnFailure = (typeof ON_FAILURE)[number];

export const NAMED = { StackName: required(text()) } as const;

export const LISTED = { NextToken: text() } as const;

/** A template that a call brings. */
export const TEMPLATE = { TemplateBody: text(), TemplateURL: text() } as const;

/** A call's wish for a stack: CreateStack, UpdateStack and CreateChangeSet. */
export const WISH = {
  ...TEMPLATE,
  Parameters: list(structure({ ParameterKey: text(), ParameterValue: text(), UsePreviousValue: boolean() })),
  Tags: list(structure({ Key: required(text()), Value: text() }), { max: 50 }),
  Capabilities: list(oneOf(['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_IAM'])),
} as const;

/** In answers, of stacks and of change sets. */
export const SETTINGS = {
  Parameters: list(structure({ ParameterKey: text(), ParameterValue: text() })),
  NotificationARNs: list(text()),
  RollbackConfiguration: structure({}),
  Capabilities: list(text()),
  Tags: list(structure({ Key: text(), Value: text() })),
} as const;
