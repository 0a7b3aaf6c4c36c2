import { formatArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/errors.ts';
import { list, required, structure, text } from '../../../aws/members.ts';
import { busByArn, type EventsContext, listed, operation } from '../context.ts';
import { parsePattern } from '../parse-pattern.ts';
import { NEXT, PAGED } from '../shapes.ts';
import type { Archive } from './archives.ts';
import {
  ARCHIVE_NAME,
  ARCHIVE_SETTINGS,
  ARCHIVE_STATE,
  LISTED_ARCHIVE,
  MADE_ARCHIVE,
  SOURCE_ARN,
} from './shapes.ts';

const NAMED = { ArchiveName: required(ARCHIVE_NAME) } as const;

/** The operations on archives; words and answers are of LocalStack's record, test_archive_and_replay.snapshot.json. */
export const ARCHIVE_OPERATIONS = {
  CreateArchive: operation({
    input: { ...NAMED, EventSourceArn: required(SOURCE_ARN), ...ARCHIVE_SETTINGS },
    output: MADE_ARCHIVE,
    needs: ({ ArchiveName, EventSourceArn = '*' }, context) => [
      archiveArn(ArchiveName, context),
      EventSourceArn,
    ],
    handle({ ArchiveName: name, EventSourceArn, ...settings }, context) {
      if (context.archives.find(name))
        throw new AwsError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
      const { arn: busArn } = busByArn(EventSourceArn, context);
      return madeView(
        context.archives.put({
          logicalId: '',
          name,
          arn: archiveArn(name, context),
          busArn,
          retentionDays: 0,
          ...given(settings),
        }),
      );
    },
  }),
  DescribeArchive: operation({
    input: NAMED,
    output: {
      ArchiveArn: text(),
      ...LISTED_ARCHIVE,
      Description: text(),
      EventPattern: text(),
      KmsKeyIdentifier: text(),
    },
    needs: ({ ArchiveName }, context) => [archiveArn(ArchiveName, context)],
    handle({ ArchiveName }, context) {
      const archive = archiveOf(ArchiveName, context);
      const { arn, description, pattern, kmsKeyIdentifier } = archive.model;
      return {
        ArchiveArn: arn,
        ...listedView(archive),
        Description: description,
        EventPattern: pattern && JSON.stringify(pattern),
        KmsKeyIdentifier: kmsKeyIdentifier,
      };
    },
  }),
  ListArchives: operation({
    input: { NamePrefix: ARCHIVE_NAME, EventSourceArn: SOURCE_ARN, State: ARCHIVE_STATE, ...PAGED },
    output: { Archives: list(structure(LISTED_ARCHIVE)), ...NEXT },
    needs: () => ['*'],
    handle(input, context) {
      const { NamePrefix = '', EventSourceArn, State = 'ENABLED' } = input;
      const busArn = EventSourceArn && busByArn(EventSourceArn, context).arn;
      const found = context.archives
        .list()
        .filter(({ model }) => model.name.startsWith(NamePrefix))
        .filter(({ model }) => busArn === undefined || model.busArn === busArn)
        .filter(() => State === 'ENABLED');
      const { items, nextToken } = listed('ListArchives', found, input, ({ model }) => model.name);
      return { Archives: items.map(listedView), NextToken: nextToken };
    },
  }),
  UpdateArchive: operation({
    input: { ...NAMED, ...ARCHIVE_SETTINGS },
    output: MADE_ARCHIVE,
    needs: ({ ArchiveName }, context) => [archiveArn(ArchiveName, context)],
    handle({ ArchiveName, ...settings }, context) {
      const { Description, EventPattern, RetentionDays } = settings;
      if ([Description, EventPattern, RetentionDays].every((value) => value === undefined))
        throw new AwsError(
          'ValidationException',
          'At least one of EventPattern, RetentionDays or Description must be provided.',
        );
      const { model } = archiveOf(ArchiveName, context);
      return madeView(context.archives.put({ ...model, ...given(settings) }));
    },
  }),
  DeleteArchive: operation({
    input: NAMED,
    output: {},
    needs: ({ ArchiveName }, context) => [archiveArn(ArchiveName, context)],
    handle({ ArchiveName }, context) {
      context.archives.remove(archiveOf(ArchiveName, context).model.name);
      return {};
    },
  }),
};

function archiveArn(name = '*', { place }: EventsContext): string {
  return formatArn(place, 'events', `archive/${name}`);
}

function archiveOf(name: string, { archives }: EventsContext): Archive {
  const archive = archives.find(name);
  if (!archive) throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
  return archive;
}

function given(settings: {
  Description?: string;
  EventPattern?: string;
  RetentionDays?: number;
  KmsKeyIdentifier?: string;
}) {
  const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = settings;
  return {
    ...(Description !== undefined && { description: Description }),
    ...(EventPattern !== undefined && { pattern: parsePattern(EventPattern) }),
    ...(RetentionDays !== undefined && { retentionDays: RetentionDays }),
    ...(KmsKeyIdentifier !== undefined && { kmsKeyIdentifier: KmsKeyIdentifier }),
  };
}

function madeView({ model, createdAt }: Archive) {
  return { ArchiveArn: model.arn, State: 'ENABLED', CreationTime: createdAt };
}

function listedView({ model, createdAt, eventCount, sizeBytes }: Archive) {
  return {
    ArchiveName: model.name,
    EventSourceArn: model.busArn,
    State: 'ENABLED',
    RetentionDays: model.retentionDays,
    SizeBytes: sizeBytes,
    EventCount: eventCount,
    CreationTime: createdAt,
  };
}
