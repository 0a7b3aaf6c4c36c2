import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { Outputs } from '../stack/outputs.ts';
import type { Place } from './place.ts';

/** Stacks as CloudFormation has them. */
export function stackRecords(place: Place) {
  const client = () => new CloudFormationClient(place.client());
  return {
    /** Undefined when there is none of that name. */
    async find(stackName: string): Promise<Stack | undefined> {
      try {
        const { Stacks = [] } = await client().send(new DescribeStacksCommand({ StackName: stackName }));
        return Stacks[0];
      } catch (error) {
        if (isNoStack(error)) return undefined;
        throw error;
      }
    },

    /** The resource that a stack has, or had last, of each logical id. */
    async resources(stackName: string): Promise<StackResource[]> {
      const found: StackResource[] = [];
      for await (const { StackResourceSummaries = [] } of paginateListStackResources(
        { client: client() },
        { StackName: stackName },
      ))
        for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of StackResourceSummaries)
          if (LogicalResourceId && PhysicalResourceId && ResourceType)
            found.push({ logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType });
      return found;
    },
  };
}

export interface StackResource {
  logicalId: string;
  physicalId: string;
  type: string;
}

export function outputsOf({ Outputs = [] }: Stack): Outputs {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** CloudFormation has no error of its own for it. */
function isNoStack(error: unknown): boolean {
  return (
    error instanceof CloudFormationServiceException &&
    error.name === 'ValidationError' &&
    error.message.includes('does not exist')
  );
}
