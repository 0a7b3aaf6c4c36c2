import { AwsError } from '../../aws/errors.ts';
import { boolean, integer, list, oneOf, required, text } from '../../aws/members.ts';
import { operation, resourceOf } from './context.ts';
import { PARAMETER_TYPES, selectVersion, TIERS } from './parameter.ts';
import { NAME, TAG } from './parameter-shapes.ts';

export const WRITE_OPERATIONS = {
  PutParameter: operation({
    input: {
      Name: required(NAME),
      Description: text({ max: 1024 }),
      Value: required(text({ sensitive: true })),
      Type: oneOf(PARAMETER_TYPES),
      KeyId: text({ min: 1, max: 256, pattern: '([a-zA-Z0-9:/_-]+)' }),
      Overwrite: boolean(),
      AllowedPattern: text({ max: 1024 }),
      Tags: list(TAG, { max: 1000 }),
      Tier: oneOf(TIERS),
      DataType: text({ max: 128 }),
    },
    output: { Version: integer(), Tier: oneOf(TIERS) },
    needs: ({ Name = '*' }, { place }) => [resourceOf(Name, place)],
    handle(input, { store, place }, { caller }) {
      const { Name, Value, Type, Description, KeyId, AllowedPattern, Tier, DataType, Tags } = input;
      if (Value === '')
        throw new AwsError(
          'ValidationException',
          "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
        );
      if (input.Overwrite && Tags)
        throw new AwsError(
          'ValidationException',
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
        );
      const { version, tier } = store().put({
        name: Name,
        value: Value,
        overwrite: input.Overwrite ?? false,
        by: caller.roleArn ?? `arn:${place.partition}:iam::${place.accountId}:root`,
        ...(Type !== undefined && { type: Type }),
        ...(Description !== undefined && { description: Description }),
        ...(KeyId !== undefined && { keyId: KeyId }),
        ...(AllowedPattern !== undefined && AllowedPattern !== '' && { allowedPattern: AllowedPattern }),
        ...(Tier !== undefined && { tier: Tier === 'Intelligent-Tiering' ? tierFor(Value) : Tier }),
        ...(DataType !== undefined && { dataType: DataType }),
        ...(Tags && { tags: new Map(Tags.map(({ Key, Value }) => [Key, Value])) }),
      });
      return { Version: version, Tier: tier };
    },
  }),
  DeleteParameter: operation({
    input: { Name: required(NAME) },
    output: {},
    needs: ({ Name = '*' }, { place }) => [resourceOf(Name, place)],
    handle({ Name }, { store }) {
      if (!store().remove(Name)) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
      return {};
    },
  }),
  DeleteParameters: operation({
    input: { Names: required(list(NAME, { min: 1, max: 10 })) },
    output: { DeletedParameters: list(NAME), InvalidParameters: list(NAME) },
    needs: ({ Names = [] }, { place }) => Names.map((name) => resourceOf(name, place)),
    handle({ Names }, { store }) {
      const removed = Names.filter((name) => store().remove(name));
      return {
        DeletedParameters: removed,
        InvalidParameters: Names.filter((name) => !removed.includes(name)),
      };
    },
  }),
  LabelParameterVersion: operation({
    input: {
      Name: required(NAME),
      ParameterVersion: integer(),
      Labels: required(list(text({ min: 1, max: 100 }), { min: 1, max: 10 })),
    },
    output: { InvalidLabels: list(text()), ParameterVersion: integer() },
    needs: ({ Name = '*' }, { place }) => [resourceOf(Name, place)],
    handle({ Name, ParameterVersion, Labels }, { store }) {
      const parameter = store().get(Name);
      const selector = ParameterVersion === undefined ? undefined : `:${ParameterVersion}`;
      const version = selectVersion(parameter, selector);
      return { InvalidLabels: store().label(parameter, version, Labels), ParameterVersion: version.version };
    },
  }),
  UnlabelParameterVersion: operation({
    input: {
      Name: required(NAME),
      ParameterVersion: required(integer()),
      Labels: required(list(text({ min: 1, max: 100 }), { min: 1, max: 10 })),
    },
    output: { RemovedLabels: list(text()), InvalidLabels: list(text()) },
    needs: ({ Name = '*' }, { place }) => [resourceOf(Name, place)],
    handle({ Name, ParameterVersion, Labels }, { store }) {
      const { labels } = selectVersion(store().get(Name), `:${ParameterVersion}`);
      const removed = Labels.filter((label) => labels.delete(label));
      return { RemovedLabels: removed, InvalidLabels: Labels.filter((label) => !removed.includes(label)) };
    },
  }),
};

/** Systems Manager guide, "Managing parameter tiers": advanced where the standard one is not enough. */
function tierFor(value: string): 'Standard' | 'Advanced' {
  return value.length > 4096 ? 'Advanced' : 'Standard';
}
