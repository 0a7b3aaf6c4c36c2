import type { Place } from '../../aws/arn.ts';
import { list, oneOf, text } from '../../aws/members.ts';
import type { Need } from '../../aws/operation.ts';
import { listed, operation } from './context.ts';
import { DEFAULT_GROUP } from './schedule.ts';
import { scheduleOf, scheduleView, summaryView } from './schedule-view.ts';
import { conflict, isSameCall, scheduleArn } from './schedules.ts';
import {
  CLIENT_TOKEN,
  GIVEN_SCHEDULE,
  NAME,
  NAMED_SCHEDULE,
  PAGED,
  SCHEDULE,
  SCHEDULE_SUMMARY,
  STATES,
} from './shapes.ts';

export const SCHEDULE_OPERATIONS = {
  CreateSchedule: operation({
    route: 'POST /schedules/{Name}',
    input: GIVEN_SCHEDULE,
    output: { ScheduleArn: text() },
    needs: (input, { place }) => writeNeeds(input, place),
    async handle(input, { place, schedules, refuseInvalid }) {
      const model = scheduleOf(input, place);
      await refuseInvalid(model);
      schedules.group(model.groupName);
      const there = schedules.list(model.groupName).find((kept) => kept.model.name === model.name);
      if (there && !isSameCall(there, model.clientToken))
        throw conflict(`Schedule ${model.name} already exists.`);
      if (!there) schedules.put(model);
      return { ScheduleArn: model.arn };
    },
  }),
  GetSchedule: operation({
    route: 'GET /schedules/{Name}',
    input: NAMED_SCHEDULE,
    output: SCHEDULE,
    needs: (input, { place }) => [arnOf(input, place)],
    handle: ({ Name, GroupName = DEFAULT_GROUP }, { schedules }) =>
      scheduleView(schedules.find(GroupName, Name)),
  }),
  UpdateSchedule: operation({
    route: 'PUT /schedules/{Name}',
    input: GIVEN_SCHEDULE,
    output: { ScheduleArn: text() },
    needs: (input, { place }) => writeNeeds(input, place),
    async handle(input, { place, schedules, refuseInvalid }) {
      const given = scheduleOf(input, place);
      const { logicalId } = schedules.find(given.groupName, given.name).model;
      await refuseInvalid(given);
      // All that the call doesn't say is as for a new one (Scheduler API reference, "UpdateSchedule").
      schedules.put({ ...given, logicalId });
      return { ScheduleArn: given.arn };
    },
  }),
  DeleteSchedule: operation({
    route: 'DELETE /schedules/{Name}',
    input: { ...NAMED_SCHEDULE, ClientToken: text({ ...CLIENT_TOKEN, at: 'query', name: 'clientToken' }) },
    output: {},
    needs: (input, { place }) => [arnOf(input, place)],
    handle({ Name, GroupName = DEFAULT_GROUP }, { schedules }) {
      schedules.remove(schedules.find(GroupName, Name).model);
      return {};
    },
  }),
  ListSchedules: operation({
    route: 'GET /schedules',
    input: {
      GroupName: text({ ...NAME, at: 'query', name: 'ScheduleGroup' }),
      NamePrefix: text({ ...NAME, at: 'query' }),
      State: oneOf(STATES, { at: 'query' }),
      ...PAGED,
    },
    output: { NextToken: text(), Schedules: list(SCHEDULE_SUMMARY) },
    needs: () => ['*'],
    handle(input, { schedules }) {
      const { GroupName, NamePrefix = '', State } = input;
      if (GroupName !== undefined) schedules.group(GroupName);
      const found = schedules
        .list(GroupName)
        .filter(({ model }) => model.name.startsWith(NamePrefix))
        .filter(({ model }) => State === undefined || model.enabled === (State === 'ENABLED'));
      const { items, nextToken } = listed('ListSchedules', found, input, ({ model }) => model.arn);
      return { Schedules: items.map(summaryView), NextToken: nextToken };
    },
  }),
};

function arnOf(
  { Name = '*', GroupName = DEFAULT_GROUP }: { Name?: string; GroupName?: string },
  place: Place,
): string {
  return scheduleArn(place, GroupName, Name);
}

/** Whoever gives a schedule a role must have the right to pass it on (Scheduler guide, "Identity and access management"). */
function writeNeeds(
  input: { Name?: string; GroupName?: string; Target?: { RoleArn?: string } },
  place: Place,
): (string | Need)[] {
  const resource = input.Target?.RoleArn ?? '*';
  return [arnOf(input, place), { action: 'iam:PassRole', resource }];
}
