import { AwsError } from '../../aws/errors.ts';
import { boolean, integer, list, required, structure, text } from '../../aws/members.ts';
import { pageOf } from '../../aws/page.ts';
import { operation, resourceOf } from './context.ts';
import { parseReference } from './parameter.ts';
import { isBelow, matcherOf, PARAMETER_FILTERS } from './parameter-filters.ts';
import {
  describedVersion,
  NAME,
  PARAMETER,
  PARAMETER_HISTORY,
  PARAMETER_METADATA,
  shownParameter,
  shownValue,
} from './parameter-shapes.ts';

const NEXT_TOKEN = text();

export const READ_OPERATIONS = {
  GetParameter: operation({
    input: { Name: required(NAME), WithDecryption: boolean() },
    output: { Parameter: PARAMETER },
    needs: ({ Name = '*' }, { place }) => [resourceOf(Name, place)],
    handle({ Name, WithDecryption: decrypts = false }, { store, place }) {
      return { Parameter: shownParameter(store().read(Name), { decrypts, place }) };
    },
  }),
  GetParameters: operation({
    input: { Names: required(list(NAME, { min: 1, max: 10 })), WithDecryption: boolean() },
    output: { Parameters: list(PARAMETER), InvalidParameters: list(NAME) },
    needs: ({ Names = [] }, { place }) => Names.map((name) => resourceOf(name, place)),
    handle({ Names, WithDecryption: decrypts = false }, { store, place }) {
      const found = [...new Set(Names)].map((name) => ({
        name,
        read: unlessMissing(() => store().read(name)),
      }));
      return {
        Parameters: found.flatMap(({ read }) => (read ? [shownParameter(read, { decrypts, place })] : [])),
        InvalidParameters: found.filter(({ read }) => !read).map(({ name }) => name),
      };
    },
  }),
  GetParametersByPath: operation({
    input: {
      Path: required(NAME),
      Recursive: boolean(),
      ParameterFilters: PARAMETER_FILTERS,
      WithDecryption: boolean(),
      MaxResults: integer({ min: 1, max: 10 }),
      NextToken: NEXT_TOKEN,
    },
    output: { Parameters: list(PARAMETER), NextToken: NEXT_TOKEN },
    needs: ({ Path = '*' }, { place }) => [resourceOf(Path, place)],
    handle(input, { store, place }) {
      const { Path, Recursive = false, WithDecryption: decrypts = false, ParameterFilters = [] } = input;
      if (!Path.startsWith('/'))
        throw new AwsError(
          'ValidationException',
          'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
        );
      const matches = matcherOf(ParameterFilters, { allowed: ['Type', 'KeyId', 'Label'] });
      const all = store()
        .list()
        .filter((it) => isBelow(it.name, Path, Recursive) && matches(it));
      const { items, nextToken } = page(
        `GetParametersByPath ${Path}`,
        all,
        input.MaxResults ?? 10,
        input.NextToken,
      );
      return {
        Parameters: items.map(({ name }) => shownParameter(store().read(name), { decrypts, place })),
        NextToken: nextToken,
      };
    },
  }),
  DescribeParameters: operation({
    input: {
      ParameterFilters: PARAMETER_FILTERS,
      Filters: list(
        structure({
          Key: required(text()),
          Values: required(list(text({ min: 1, max: 1024 }), { min: 1, max: 50 })),
        }),
      ),
      MaxResults: integer({ min: 1, max: 50 }),
      NextToken: NEXT_TOKEN,
    },
    output: { Parameters: list(PARAMETER_METADATA), NextToken: NEXT_TOKEN },
    needs: () => ['*'],
    handle({ ParameterFilters, Filters, MaxResults = 50, NextToken }, { store, place }) {
      if (ParameterFilters && Filters)
        throw new AwsError(
          'ValidationException',
          'You can use either Filters or ParameterFilters in a single request.',
        );
      // The older filters match what begins so.
      const older = Filters?.map(({ Key, Values }) => ({ Key, Values, Option: 'BeginsWith' }));
      const all = store()
        .list()
        .filter(matcherOf(ParameterFilters ?? older ?? []));
      const { items, nextToken } = page('DescribeParameters', all, MaxResults, NextToken);
      return {
        Parameters: items.map((parameter) => {
          const { version } = store().read(parameter.name);
          return { ...describedVersion(parameter, version), ARN: resourceOf(parameter.name, place) };
        }),
        NextToken: nextToken,
      };
    },
  }),
  GetParameterHistory: operation({
    input: {
      Name: required(NAME),
      WithDecryption: boolean(),
      MaxResults: integer({ min: 1, max: 50 }),
      NextToken: NEXT_TOKEN,
    },
    output: { Parameters: list(PARAMETER_HISTORY), NextToken: NEXT_TOKEN },
    needs: ({ Name = '*' }, { place }) => [resourceOf(Name, place)],
    handle({ Name, WithDecryption: decrypts = false, MaxResults = 50, NextToken }, { store }) {
      const parameter = store().get(Name);
      const list = `GetParameterHistory ${parseReference(Name).name}`;
      const { items, nextToken } = page(list, parameter.versions, MaxResults, NextToken);
      return {
        Parameters: items.map((version) => ({
          ...describedVersion(parameter, version),
          Value: shownValue(version, decrypts),
          Labels: [...version.labels],
        })),
        NextToken: nextToken,
      };
    },
  }),
};

function page<Item>(name: string, items: readonly Item[], limit: number, token: string | undefined) {
  const refusal = () => new AwsError('InvalidNextToken', 'The specified token is not valid.');
  return pageOf(items, { list: name, limit, token, refusal });
}

function unlessMissing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
