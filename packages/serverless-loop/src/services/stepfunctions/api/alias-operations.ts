import { list, type Read, required, structure, text, timestamp } from '../../../aws/members.ts';
import { conflict, noSuchResource, refuseNoArn } from '../errors.ts';
import { refuseRouting } from '../machines/refuse-routing.ts';
import { type AliasModel, machineArnOf, type Route } from '../machines/state-machine.ts';
import type { KeptAlias } from '../machines/state-machines.ts';
import { listed, operation } from './context.ts';
import { ARN, DESCRIPTION, PAGED, RESTRICTED_NAME, ROUTING } from './shapes.ts';

const ALIAS = required(ARN);

export const ALIAS_OPERATIONS = {
  CreateStateMachineAlias: operation({
    input: {
      name: required(RESTRICTED_NAME),
      routingConfiguration: required(ROUTING),
      description: DESCRIPTION,
    },
    output: { stateMachineAliasArn: ARN, creationDate: timestamp() },
    needs: ({ routingConfiguration = [] }) => [
      machineArnOf(routingConfiguration[0]?.stateMachineVersionArn ?? '*'),
    ],
    handle({ name, routingConfiguration, description }, { machines }) {
      const routing = routesOf(routingConfiguration);
      refuseRouting(routing);
      const machineArn = machineArnOf(routing[0]?.versionArn ?? '');
      const model: AliasModel = {
        logicalId: '',
        name: `${machineArn}:${name}`,
        machineArn,
        aliasName: name,
        ...(description !== undefined && { description }),
        routing,
      };
      const there = machines.alias(model.name);
      if (there && !isSame(there.model, model))
        throw conflict(
          'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
        );
      const { createdMs } = there ?? machines.putAlias(model);
      return { stateMachineAliasArn: model.name, creationDate: createdMs };
    },
  }),
  UpdateStateMachineAlias: operation({
    input: { stateMachineAliasArn: ALIAS, description: DESCRIPTION, routingConfiguration: ROUTING },
    output: { updateDate: timestamp() },
    needs: ({ stateMachineAliasArn = '*' }) => [stateMachineAliasArn],
    handle({ stateMachineAliasArn, description, routingConfiguration }, { machines }) {
      refuseNoArn(stateMachineAliasArn);
      const { model } = machines.alias(stateMachineAliasArn) ?? missing();
      const routing = routingConfiguration ? routesOf(routingConfiguration) : model.routing;
      refuseRouting(routing);
      const { updatedMs } = machines.putAlias({
        ...model,
        routing,
        ...(description !== undefined && { description }),
      });
      return { updateDate: updatedMs };
    },
  }),
  DescribeStateMachineAlias: operation({
    input: { stateMachineAliasArn: ALIAS },
    output: {
      stateMachineAliasArn: ARN,
      name: RESTRICTED_NAME,
      description: DESCRIPTION,
      routingConfiguration: ROUTING,
      creationDate: timestamp(),
      updateDate: timestamp(),
    },
    needs: ({ stateMachineAliasArn = '*' }) => [stateMachineAliasArn],
    handle({ stateMachineAliasArn }, { machines }) {
      refuseNoArn(stateMachineAliasArn);
      const { model, createdMs, updatedMs } = machines.alias(stateMachineAliasArn) ?? missing();
      return {
        stateMachineAliasArn,
        name: model.aliasName,
        description: model.description,
        routingConfiguration: model.routing.map(({ versionArn, weight }) => ({
          stateMachineVersionArn: versionArn,
          weight,
        })),
        creationDate: createdMs,
        updateDate: updatedMs,
      };
    },
  }),
  ListStateMachineAliases: operation({
    input: { stateMachineArn: required(ARN), ...PAGED },
    output: {
      stateMachineAliases: list(structure({ stateMachineAliasArn: ARN, creationDate: timestamp() })),
      nextToken: text(),
    },
    needs: ({ stateMachineArn = '*' }) => [stateMachineArn],
    handle(input, { machines }) {
      const { stateMachineArn } = input;
      const { aliases } = machines.get(machineArnOf(stateMachineArn));
      const wanted = [...aliases.values()].filter(({ model }) => leadsTo(model, stateMachineArn));
      const order = { keyOf: ({ model }: KeptAlias) => model.name };
      const { items, nextToken } = listed('ListStateMachineAliases', wanted, input, order);
      const views = items.map(({ model, createdMs }) => ({
        stateMachineAliasArn: model.name,
        creationDate: createdMs,
      }));
      return { stateMachineAliases: views, nextToken };
    },
  }),
  DeleteStateMachineAlias: operation({
    input: { stateMachineAliasArn: ALIAS },
    output: {},
    needs: ({ stateMachineAliasArn = '*' }) => [stateMachineAliasArn],
    handle({ stateMachineAliasArn }, { machines }) {
      refuseNoArn(stateMachineAliasArn);
      machines.removeAlias(stateMachineAliasArn);
      return {};
    },
  }),
};

function routesOf(given: readonly Read<typeof ROUTING.item.members>[]): Route[] {
  return given.map(({ stateMachineVersionArn, weight }) => ({ versionArn: stateMachineVersionArn, weight }));
}

/** Of a version's ARN the aliases that lead to it, of a machine's all. */
function leadsTo({ machineArn, routing }: AliasModel, arn: string): boolean {
  return arn === machineArn || routing.some(({ versionArn }) => versionArn === arn);
}

function isSame(one: AliasModel, other: AliasModel): boolean {
  const told = ({ description, routing }: AliasModel) => JSON.stringify([description, routing]);
  return told(one) === told(other);
}

function missing(): never {
  throw noSuchResource();
}
