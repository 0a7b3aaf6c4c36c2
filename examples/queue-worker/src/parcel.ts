export interface Parcel {
  parcelId: string;
  weightGrams: number;
}

/** A message's text as a parcel. Throws a TypeError or a SyntaxError that says what is wrong. */
export function parseParcel(text: string): Parcel {
  const { parcelId, weightGrams }: Record<string, unknown> = Object(JSON.parse(text));
  if (typeof parcelId !== 'string' || parcelId === '') throw new TypeError('parcelId: expected text');
  if (typeof weightGrams !== 'number' || weightGrams <= 0)
    throw new TypeError(`weightGrams: expected a number above 0, found ${JSON.stringify(weightGrams)}`);
  return { parcelId, weightGrams };
}
