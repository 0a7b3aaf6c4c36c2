import { list, required, structure, text } from '../../aws/members.ts';
import { listed, operation } from './context.ts';
import { groupArn, isSameCall, type KeptGroup } from './schedules.ts';
import { CLIENT_TOKEN, GROUP, GROUP_ARN, NAME, PAGED, TAGS } from './shapes.ts';

const GROUP_NAME = required(text({ ...NAME, at: 'path' }));

export const GROUP_OPERATIONS = {
  CreateScheduleGroup: operation({
    route: 'POST /schedule-groups/{Name}',
    input: { Name: GROUP_NAME, Tags: TAGS, ClientToken: text(CLIENT_TOKEN) },
    output: { ScheduleGroupArn: text() },
    needs: ({ Name = '*' }, { place }) => [groupArn(place, Name)],
    handle({ Name: name, Tags = [], ClientToken: clientToken }, { place, schedules }) {
      const arn = groupArn(place, name);
      const there = schedules.hasGroup(name) ? schedules.group(name) : undefined;
      if (there && isSameCall(there, clientToken)) return { ScheduleGroupArn: arn };
      const tags = tagsOf(Tags);
      schedules.addGroup({
        logicalId: '',
        name,
        arn,
        tags,
        ...(clientToken !== undefined && { clientToken }),
      });
      return { ScheduleGroupArn: arn };
    },
  }),
  GetScheduleGroup: operation({
    route: 'GET /schedule-groups/{Name}',
    input: { Name: GROUP_NAME },
    output: GROUP,
    needs: ({ Name = '*' }, { place }) => [groupArn(place, Name)],
    handle: ({ Name }, { schedules }) => groupView(schedules.group(Name)),
  }),
  DeleteScheduleGroup: operation({
    route: 'DELETE /schedule-groups/{Name}',
    input: { Name: GROUP_NAME, ClientToken: text({ ...CLIENT_TOKEN, at: 'query', name: 'clientToken' }) },
    output: {},
    needs: ({ Name = '*' }, { place }) => [groupArn(place, Name)],
    handle({ Name }, { schedules }) {
      schedules.removeGroup(Name);
      return {};
    },
  }),
  ListScheduleGroups: operation({
    route: 'GET /schedule-groups',
    input: { NamePrefix: text({ ...NAME, at: 'query' }), ...PAGED },
    output: { NextToken: text(), ScheduleGroups: list(structure(GROUP)) },
    needs: () => ['*'],
    handle(input, { schedules }) {
      const { NamePrefix = '' } = input;
      const found = schedules.groups().filter(({ model }) => model.name.startsWith(NamePrefix));
      const { items, nextToken } = listed('ListScheduleGroups', found, input, ({ model }) => model.name);
      return { ScheduleGroups: items.map(groupView), NextToken: nextToken };
    },
  }),
  ListTagsForResource: operation({
    route: 'GET /tags/{ResourceArn}',
    input: { ResourceArn: required(GROUP_ARN) },
    output: { Tags: TAGS },
    needs: ({ ResourceArn = '*' }) => [ResourceArn],
    handle({ ResourceArn }, { schedules }) {
      const { tags } = schedules.group(groupNameOf(ResourceArn)).model;
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  }),
  TagResource: operation({
    route: 'POST /tags/{ResourceArn}',
    input: { ResourceArn: required(GROUP_ARN), Tags: required(TAGS) },
    output: {},
    needs: ({ ResourceArn = '*' }) => [ResourceArn],
    handle({ ResourceArn, Tags }, { schedules }) {
      const { model } = schedules.group(groupNameOf(ResourceArn));
      schedules.changeGroup({ ...model, tags: { ...model.tags, ...tagsOf(Tags) } });
      return {};
    },
  }),
  UntagResource: operation({
    route: 'DELETE /tags/{ResourceArn}',
    input: {
      ResourceArn: required(GROUP_ARN),
      TagKeys: required(list(text({ min: 1, max: 128 }), { at: 'query', max: 200 })),
    },
    output: {},
    needs: ({ ResourceArn = '*' }) => [ResourceArn],
    handle({ ResourceArn, TagKeys }, { schedules }) {
      const { model } = schedules.group(groupNameOf(ResourceArn));
      const left = Object.entries(model.tags).filter(([key]) => !TagKeys.includes(key));
      schedules.changeGroup({ ...model, tags: Object.fromEntries(left) });
      return {};
    },
  }),
};

function groupNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function tagsOf(tags: readonly { Key: string; Value: string }[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

function groupView({ model, createdAt, modifiedAt }: KeptGroup) {
  return {
    Arn: model.arn,
    Name: model.name,
    State: 'ACTIVE',
    CreationDate: createdAt,
    LastModificationDate: modifiedAt,
  };
}
