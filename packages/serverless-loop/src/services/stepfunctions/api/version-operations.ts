import { list, required, structure, text, timestamp } from '../../../aws/members.ts';
import { conflict, refuseNoArn } from '../errors.ts';
import type { KeptVersion } from '../machines/state-machines.ts';
import { listed, operation } from './context.ts';
import { ARN, DESCRIPTION, LONG_ARN, PAGED } from './shapes.ts';

const MACHINE = required(ARN);

export const VERSION_OPERATIONS = {
  PublishStateMachineVersion: operation({
    input: { stateMachineArn: MACHINE, revisionId: text(), description: DESCRIPTION },
    output: { creationDate: timestamp(), stateMachineVersionArn: ARN },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle({ stateMachineArn, revisionId, description }, { machines }) {
      const { revisionId: current = 'INITIAL' } = machines.get(stateMachineArn);
      if (revisionId !== undefined && revisionId !== current)
        throw conflict(
          `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${current}.`,
        );
      const { arn, createdMs } = machines.publish(stateMachineArn, description);
      return { stateMachineVersionArn: arn, creationDate: createdMs };
    },
  }),
  ListStateMachineVersions: operation({
    input: { stateMachineArn: MACHINE, ...PAGED },
    output: {
      stateMachineVersions: list(structure({ stateMachineVersionArn: ARN, creationDate: timestamp() })),
      nextToken: text(),
    },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle(input, { machines }) {
      refuseNoArn(input.stateMachineArn);
      const versions = machines.find(input.stateMachineArn)?.versions ?? [];
      const order = {
        keyOf: ({ number }: KeptVersion) => String(number).padStart(12, '0'),
        descending: true,
      };
      const { items, nextToken } = listed('ListStateMachineVersions', versions, input, order);
      const views = items.map(({ arn, createdMs }) => ({
        stateMachineVersionArn: arn,
        creationDate: createdMs,
      }));
      return { stateMachineVersions: views, nextToken };
    },
  }),
  DeleteStateMachineVersion: operation({
    input: { stateMachineVersionArn: required(LONG_ARN) },
    output: {},
    needs: ({ stateMachineVersionArn = '*' }) => [stateMachineVersionArn],
    handle({ stateMachineVersionArn }, { machines }) {
      refuseNoArn(stateMachineVersionArn);
      machines.removeVersion(stateMachineVersionArn);
      return {};
    },
  }),
};
