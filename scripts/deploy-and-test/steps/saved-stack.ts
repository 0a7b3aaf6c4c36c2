import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CloudFormationClient, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Place } from '../place.ts';
import { stackRecords } from '../stack-record.ts';
import { type Step, StepFailure } from '../step.ts';

/** A stack as it was before a deployment: enough to deploy it again. */
export interface SavedStack {
  templateFile: string;
  parameters: Record<string, string>;
  tags: string[];
}

/** Reads what a stage runs, before it is changed: CloudFormation itself can't go back after a success. */
export function savedStack(options: { place: Place; stackName: string; folder: string }): {
  step: Step;
  saved(): SavedStack | undefined;
} {
  const { place, stackName, folder } = options;
  let saved: SavedStack | undefined;
  let seen = '';
  return {
    saved: () => saved,
    step: {
      id: 'save',
      title: `Save ${stackName}`,
      failure: 'deploy',
      limitMs: 60_000,
      async start() {
        const stack = await stackRecords(place).find(stackName);
        seen = `there is no stack ${stackName} yet, so nothing to go back to`;
        if (stack === undefined || stack.StackStatus === 'REVIEW_IN_PROGRESS') return;
        refuseUnsteady(stackName, stack);
        const templateFile = path.join(folder, 'before-template.yaml');
        writeFileSync(templateFile, await templateOf(place, stackName));
        saved = { templateFile, parameters: parametersOf(stack), tags: tagsOf(stack) };
        writeFileSync(path.join(folder, 'before-stack.json'), `${JSON.stringify(saved, undefined, 2)}\n`);
        seen = `${stack.StackStatus}, saved as ${templateFile}`;
      },
      check: async () => seen,
    },
  };
}

/** SAM's template as it was deployed, with its code's addresses in S3. */
async function templateOf(place: Place, stackName: string): Promise<string> {
  const client = new CloudFormationClient(place.client());
  const { TemplateBody } = await client.send(
    new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
  );
  if (TemplateBody) return TemplateBody;
  throw new StepFailure(`CloudFormation gives no template of ${stackName}`);
}

/** Refuses a stack that CloudFormation would refuse to update (CloudFormation guide, "Stack status codes"). */
function refuseUnsteady(stackName: string, { StackStatus }: Stack): void {
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(StackStatus ?? '')) return;
  throw new StepFailure(`the stack ${stackName} is ${StackStatus}: end that first`);
}

/** Without those that CloudFormation hides; SAM takes their previous values. */
function parametersOf({ Parameters = [] }: Stack): Record<string, string> {
  return Object.fromEntries(
    Parameters.flatMap(({ ParameterKey, ParameterValue = '' }) =>
      ParameterKey === undefined || /^\*+$/.test(ParameterValue) ? [] : [[ParameterKey, ParameterValue]],
    ),
  );
}

function tagsOf({ Tags = [] }: Stack): string[] {
  return Tags.map(({ Key, Value = '' }) => `${Key}=${/\s/.test(Value) ? JSON.stringify(Value) : Value}`);
}
